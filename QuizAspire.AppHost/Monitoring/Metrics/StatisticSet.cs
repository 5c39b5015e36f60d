namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>Values in short, as CloudWatch takes and keeps them.</summary>
internal readonly record struct StatisticSet(double SampleCount, double Sum, double Minimum, double Maximum)
{
    /// <summary>Every value in it is known: one, or all the same.</summary>
    public bool IsOneValue => SampleCount == 1 || Minimum == Maximum;

    public static StatisticSet Of(double value) => new(1, value, value, value);

    public StatisticSet With(StatisticSet other) => new(
        SampleCount + other.SampleCount, Sum + other.Sum, Math.Min(Minimum, other.Minimum), Math.Max(Maximum, other.Maximum));
}

/// <summary>One measurement of a metric.</summary>
internal readonly record struct Measurement(MetricId Metric, StatisticSet Values)
{
    public Measurement(MetricId metric, double value)
        : this(metric, StatisticSet.Of(value))
    {
    }
}

/// <summary>The statistic of one period.</summary>
/// <param name="Timestamp">Where the period begins.</param>
internal readonly record struct Datapoint(DateTimeOffset Timestamp, double Value);
