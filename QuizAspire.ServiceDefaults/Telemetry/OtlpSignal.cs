namespace QuizAspire.ServiceDefaults.Telemetry;

internal enum OtlpSignal
{
    Traces,
    Metrics,
    Logs,
}
