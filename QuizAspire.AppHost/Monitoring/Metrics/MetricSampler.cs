using Microsoft.Extensions.Logging;

namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>Asks every source for its values. One that does not answer has no data meanwhile, and is spoken of once per outage.</summary>
/// <param name="measured">Told the measurements of each round.</param>
internal sealed partial class MetricSampler(
    IReadOnlyList<IMetricSource> sources, MetricStore store, TimeProvider time, ILogger logger,
    Action<IReadOnlyCollection<Measurement>>? measured = null)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Shorter than the interval, so that one that hangs does not hold up the others' next values.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private readonly HashSet<IMetricSource> _silent = [];

    /// <summary>Takes one measurement of everything. Not to be called again before it has ended.</summary>
    public async Task SampleAsync(CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        var answers = await Task.WhenAll(sources.Select(source => MeasureAsync(source, cancellation)));
        var round = answers.SelectMany(answer => answer.Measurements ?? []).ToArray();
        store.Add(at, round);
        measured?.Invoke(round);
        Tell(answers);
    }

    private static async Task<Answer> MeasureAsync(IMetricSource source, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            return new Answer(source, await source.MeasureAsync(limit.Token), null);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return new Answer(source, null, $"no answer within {Limit.TotalSeconds:0} s");
        }
        // Whatever is wrong with a source is no reason to lose the others' values.
        catch (Exception exception)
        {
            return new Answer(source, null, exception.Message);
        }
    }

    private void Tell(Answer[] answers)
    {
        var failed = answers.Where(answer => answer.Problem is not null && _silent.Add(answer.Source)).ToArray();
        var back = answers.Where(answer => answer.Problem is null && _silent.Remove(answer.Source)).ToArray();
        if (failed.Length > 0)
            NoData(logger, Names(failed), failed[0].Problem!);
        if (back.Length > 0)
            DataAgain(logger, Names(back));
    }

    private static string Names(IEnumerable<Answer> answers) => string.Join(", ", answers.Select(answer => answer.Source.Name));

    private sealed record Answer(IMetricSource Source, IReadOnlyList<Measurement>? Measurements, string? Problem);

    [LoggerMessage(LogLevel.Warning, "No metrics from {Sources} until further notice: {Reason}")]
    private static partial void NoData(ILogger logger, string sources, string reason);

    [LoggerMessage(LogLevel.Information, "Metrics again from {Sources}")]
    private static partial void DataAgain(ILogger logger, string sources);
}
