using QuizAspire.TelemetryBench.Processes;

namespace QuizAspire.TelemetryBench;

/// <summary>A process that is measured.</summary>
internal interface ITarget : IAsyncDisposable
{
    Variant Variant { get; }

    /// <summary>Processor time of the process until now.</summary>
    TimeSpan Processor { get; }

    /// <summary>Memory that it has now, in bytes.</summary>
    long Resident { get; }

    /// <summary>Lets it work on so many submissions, all of which must succeed.</summary>
    /// <returns>How long each call took.</returns>
    /// <exception cref="InvalidDataException">One did not succeed.</exception>
    Task<IReadOnlyList<TimeSpan>> RunAsync(int submissions);
}

/// <summary>Starts the process of a target, with these variables for its telemetry.</summary>
internal delegate Task<T> StartTarget<T>(Variant variant, Emulators emulators, IReadOnlyDictionary<string, string> telemetry)
    where T : ITarget;
