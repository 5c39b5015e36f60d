using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using QuizAspire.Core.Health;

namespace QuizAspire.Functions.HealthCheck;

/// <summary>One run: look, judge, tell, answer. What went wrong first is what the run ends with, whatever goes wrong after it.</summary>
internal sealed partial class QueueHealthCheck(
    IReadOnlyList<QueueIdentity> queues, HealthThresholds thresholds, QueueSurvey survey, AlertTeller teller, TimeProvider time)
{
    /// <exception cref="QueueCheckException">A queue could not be read; it was told, if that was possible.</exception>
    internal async Task<Stream> RunAsync(string requestId, TimeSpan remaining, ILogger log)
    {
        using var deadline = new HealthCheckDeadline(remaining, time);
        var recalling = teller.RecallAsync(log, deadline.Check);

        var (metrics, findings, failure) = await LookAsync(log, deadline.Check);
        var alertsSent = 0;
        try
        {
            var run = new HealthCheckRun(requestId, deadline.EndsAt);
            if (await teller.TellAsync(await recalling, findings, metrics, run, log, deadline.Tell))
                alertsSent = findings.Count;
        }
        catch (Exception second) when (failure is not null)
        {
            NotTold(log, CheckFailure.Describe(second));
        }

        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return HealthCheckResult.Write(metrics, findings, alertsSent);
    }

    /// <summary>Throws for nothing: what fails is a finding too, beside those of the queues that could be read.</summary>
    private async Task<(IReadOnlyList<QueueMetrics> Metrics, IReadOnlyList<Finding> Findings, Exception? Failure)> LookAsync(
        ILogger log, CancellationToken cancellationToken)
    {
        try
        {
            var seen = await survey.RunAsync(queues, cancellationToken);
            foreach (var queue in seen.Queues)
                Waiting(log, queue.Queue.Title, queue.Available, queue.InFlight, queue.Delayed, (long?)queue.OldestAge?.TotalSeconds);
            if (seen.AgesFailure is { } unknown)
                AgesUnknown(log, CheckFailure.Describe(unknown));

            return (
                seen.Queues,
                [
                    .. seen.Failures.Select(failed => CheckFailure.Find(failed.Failure, failed.Queue)),
                    .. AlertRules.Find(seen.Queues, thresholds),
                ],
                seen.Failures.Count > 0 ? new QueueCheckException(seen.Failures) : null);
        }
        catch (Exception exception)
        {
            return ([], [CheckFailure.Find(exception)], exception);
        }
    }

    [LoggerMessage(30, LogLevel.Information, "queue={Queue} available={Available} in_flight={InFlight} delayed={Delayed} oldest_age_s={OldestAge}")]
    private static partial void Waiting(ILogger log, string queue, long available, long inFlight, long delayed, long? oldestAge);

    [LoggerMessage(31, LogLevel.Warning, "the ages of the oldest messages are unknown: {Reason}")]
    private static partial void AgesUnknown(ILogger log, string reason);

    [LoggerMessage(32, LogLevel.Error, "the failure of the health check could not be told: {Reason}")]
    private static partial void NotTold(ILogger log, string reason);
}
