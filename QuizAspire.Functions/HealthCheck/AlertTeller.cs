using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Microsoft.Extensions.Logging;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Health;
using QuizAspire.Functions.Telemetry;

namespace QuizAspire.Functions.HealthCheck;

/// <summary>
/// Tells the alerts topic what is new. A run claims what it is about to tell, so that another at the same time does not, publishes, and then
/// notes it as told: a run that dies in between leaves a claim that ends, and the next one tells.
/// </summary>
internal sealed partial class AlertTeller(HealthMemory memory, IAmazonSimpleNotificationService sns, string topicArn)
{
    // Losing a claim again and again means that many runs are telling; to tell once more is better than not at all.
    private const int Attempts = 3;

    public Task<Remembered> RecallAsync(ILogger log, CancellationToken cancellationToken) => memory.RecallAsync(log, cancellationToken);

    /// <returns>Whether something was told.</returns>
    /// <exception cref="AmazonSimpleNotificationServiceException">It could not be published. The next run tries again.</exception>
    public async Task<bool> TellAsync(
        Remembered remembered, IReadOnlyList<Finding> findings, IReadOnlyList<QueueMetrics> queues, HealthCheckRun run, ILogger log,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var now = memory.Now;
            if (AlertRules.Decide(remembered.State?.ToldFor(run.Id, now), findings, now) == Telling.Nothing)
                return false;
            if (remembered.State is not { } state)
            {
                await PublishAsync(AlertText.Of(findings, queues, Forgetful(remembered.Failure!)), log, cancellationToken);
                return true;
            }

            var claim = state.ClaimedBy(run.Id, findings, now, run.EndsAt);
            var (claimed, failure) = await memory.WriteAsync(claim, log, cancellationToken);
            if (claimed || failure is not null || attempt == Attempts)
            {
                await TellAsync(claimed ? claim : state, claimed, failure, findings, queues, log, cancellationToken);
                return true;
            }

            ClaimLost(log);
            remembered = await memory.RecallAsync(log, cancellationToken);
        }
    }

    private async Task TellAsync(
        HealthState state, bool claimed, Exception? failure, IReadOnlyList<Finding> findings, IReadOnlyList<QueueMetrics> queues, ILogger log,
        CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync(AlertText.Of(findings, queues, failure is null ? null : Forgetful(failure)), log, cancellationToken);
        }
        catch when (claimed)
        {
            // The next run, or Lambda's retry of this one, need not wait for the claim to end.
            await memory.WriteAsync(state.Released(memory.Now), log, cancellationToken);
            throw;
        }

        await memory.WriteAsync(state.Confirmed(findings, memory.Now), log, cancellationToken);
    }

    private async Task PublishAsync(Alert alert, ILogger log, CancellationToken cancellationToken)
    {
        var request = new PublishRequest(topicArn, alert.Message, alert.Subject);
        using var span = FunctionSpans.StartPublish(topicArn);
        request.Carry(span);
        try
        {
            var published = await sns.PublishAsync(request, cancellationToken);
            span?.SetTag("messaging.message.id", published.MessageId);
            AlertSent(log, alert.Subject);
        }
        catch (Exception exception)
        {
            span?.Fail(ServiceFailures.KindOf(exception));
            AlertFailed(log, alert.Subject, CheckFailure.Describe(exception));
            throw;
        }
    }

    private static string Forgetful(Exception failure) =>
        $"The health check could not keep its state ({HealthMemory.Describe(failure)}), so this alert may be repeated at every run.";

    [LoggerMessage(20, LogLevel.Information, "Alert sent: {Subject}")]
    private static partial void AlertSent(ILogger log, string subject);

    [LoggerMessage(21, LogLevel.Error, "Failed to send alert {Subject}: {Reason}")]
    private static partial void AlertFailed(ILogger log, string subject, string reason);

    [LoggerMessage(22, LogLevel.Information, "another run of the health check is telling")]
    private static partial void ClaimLost(ILogger log);
}
