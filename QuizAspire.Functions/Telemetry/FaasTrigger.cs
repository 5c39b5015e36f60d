namespace QuizAspire.Functions.Telemetry;

/// <summary>What called the function, in the words of OpenTelemetry's FaaS conventions.</summary>
internal static class FaasTrigger
{
    public const string Queue = "pubsub";
    public const string Schedule = "timer";
}
