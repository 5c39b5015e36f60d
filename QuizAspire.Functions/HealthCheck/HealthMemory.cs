using Microsoft.Extensions.Logging;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Health;

namespace QuizAspire.Functions.HealthCheck;

/// <summary>What could be remembered.</summary>
/// <param name="State">Null when the state could not be read.</param>
/// <param name="Failure">Why not.</param>
internal sealed record Remembered(HealthState? State, Exception? Failure);

/// <summary>The run that asks: its request id, and the instant at which it is over.</summary>
internal sealed record HealthCheckRun(string Id, DateTimeOffset EndsAt);

/// <summary>The state of earlier runs. Nothing here throws for what DynamoDB does: without it alerts are told rather twice than never.</summary>
internal sealed partial class HealthMemory(HealthStateStore store, TimeProvider time)
{
    public DateTimeOffset Now => time.GetUtcNow();

    public async Task<Remembered> RecallAsync(ILogger log, CancellationToken cancellationToken)
    {
        try
        {
            return new Remembered(await store.ReadAsync(cancellationToken), null);
        }
        catch (Exception exception)
        {
            // An item that somebody has edited must not silence the check either.
            StateFailed(log, "read", Describe(exception));
            return new Remembered(null, exception);
        }
    }

    /// <summary>Writes it unless another run has written since, and gives the error where the table is at fault.</summary>
    public async Task<(bool Written, Exception? Failure)> WriteAsync(HealthState state, ILogger log, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.TryWriteAsync(state, cancellationToken), null);
        }
        catch (Exception exception) when (DynamoErrors.IsFailure(exception))
        {
            StateFailed(log, "written", Describe(exception));
            return (false, exception);
        }
    }

    public static string Describe(Exception exception) =>
        DynamoErrors.IsFailure(exception) ? DynamoErrors.Describe(exception) : $"what is stored makes no sense ({exception.GetType().Name})";

    [LoggerMessage(10, LogLevel.Error, "the health check's state could not be {Done}, alerts may be repeated: {Reason}")]
    private static partial void StateFailed(ILogger log, string done, string reason);
}
