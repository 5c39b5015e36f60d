namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>Sends what has been gathered, before a process is frozen or ends, without ever being in the way.</summary>
public sealed class TelemetryFlush
{
    private readonly IReadOnlyList<SignalFlush> _signals;
    private readonly TimeProvider _time;

    internal TelemetryFlush(IReadOnlyList<SignalFlush> signals, TimeProvider time) => (_signals, _time) = (signals, time);

    internal static TelemetryFlush Off { get; } = new([], TimeProvider.System);

    /// <summary>Whether there is anything to flush: false where no endpoint is configured.</summary>
    public bool IsOn => _signals.Count > 0;

    /// <summary>
    /// Exports traces and logs, and metrics when their interval has passed. Never throws, and returns within the time whatever the collector does. One that
    /// failed or did not answer in time is not waited for again until an export has worked; it is still being sent to in the background.
    /// </summary>
    public ValueTask FlushAsync(TimeSpan atMost) => IsOn && atMost > TimeSpan.Zero ? new(BeginAsync(atMost)) : ValueTask.CompletedTask;

    private async Task BeginAsync(TimeSpan atMost)
    {
        List<(SignalFlush Signal, Task<bool> Done)>? waitedFor = null;
        foreach (var signal in _signals)
        {
            if (signal.Begin(atMost) is { } done)
                (waitedFor ??= []).Add((signal, done));
        }

        if (waitedFor is null)
            return;

        await ((Task)Task.WhenAll(waitedFor.Select(flush => flush.Done))).WaitAsync(atMost, _time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (signal, done) in waitedFor)
        {
            if (!done.IsCompletedSuccessfully || !done.Result)
                signal.Watch.WasWaitedForInVain();
        }
    }
}
