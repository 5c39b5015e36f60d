namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>Something that can be asked for the present values of metrics.</summary>
internal interface IMetricSource
{
    /// <summary>For a log line: what is asked.</summary>
    string Name { get; }

    /// <exception cref="Exception">It does not answer, or not with what was expected; there is no data then.</exception>
    Task<IReadOnlyList<Measurement>> MeasureAsync(CancellationToken cancellation);
}
