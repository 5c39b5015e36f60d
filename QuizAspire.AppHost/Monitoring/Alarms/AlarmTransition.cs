using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.AppHost.Monitoring.Alarms;

/// <summary>An alarm has changed its state: the one occasion on which it acts.</summary>
/// <param name="Configured">Since when the alarm is what it is.</param>
internal sealed record AlarmTransition(
    PlannedAlarm Alarm, AlarmState From, AlarmState To, string Reason, DateTimeOffset At, DateTimeOffset Configured)
{
    /// <summary>ARNs, as planned.</summary>
    public IReadOnlyList<string> Actions => !Alarm.ActionsEnabled ? [] : To switch
    {
        AlarmState.Alarm => Alarm.AlarmActions,
        AlarmState.Ok => Alarm.OkActions,
        _ => Alarm.InsufficientDataActions,
    };
}
