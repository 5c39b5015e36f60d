namespace QuizAspire.AppHost.Monitoring.Alarms;

internal enum AlarmState
{
    InsufficientData,
    Ok,
    Alarm,
}

internal static class AlarmStateExtensions
{
    /// <summary>As CloudWatch writes it.</summary>
    public static string Text(this AlarmState state) => state switch
    {
        AlarmState.Ok => "OK",
        AlarmState.Alarm => "ALARM",
        _ => "INSUFFICIENT_DATA",
    };
}
