using Microsoft.Extensions.Logging;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Submissions;
using QuizAspire.Functions.Batches;
using QuizAspire.Functions.Telemetry;

namespace QuizAspire.Functions.QuizProcessor;

/// <summary>
/// Keeps messages that tell neither id nor time of their own the same submission through a redrive. Those that do cost nothing here.
/// </summary>
internal sealed partial class SubmissionOrigins(MessageOriginStore store, TimeProvider time, int maxReceiveCount)
{
    // A table that hangs must not take the time of the records that do not need it.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <param name="messages">Those of the records, whose traces the lookups belong to.</param>
    public async Task<IReadOnlyList<Incoming>> ReadAsync(
        IReadOnlyList<QueueRecord> records, IReadOnlyList<MessageSpan> messages, BatchDeadline deadline, ILogger log)
    {
        var incoming = records.Select(Incoming.Of).ToArray();
        var needing = Enumerable.Range(0, incoming.Length).Where(i => incoming[i].Submission.NeedsOrigin).ToList();
        if (needing.Count == 0)
            return incoming;

        using var calls = new SharedCalls([.. needing.Select(i => messages[i].Span)]);
        await FindAsync(incoming, needing, deadline.Work);
        // Before anything is done with it: whatever becomes of this receive, the message may be redriven after it, and then finds the results
        // of this life and of those before.
        var last = needing.Where(i => incoming[i].Record.ReceiveCount >= maxReceiveCount).Select(i => incoming[i]).ToList();
        if (last.Count > 0)
            await RememberAsync(last, log, deadline.Work);
        return incoming;
    }

    private async Task FindAsync(Incoming[] incoming, List<int> needing, CancellationToken deadline)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, deadline);
        try
        {
            var found = await store.FindAsync([.. needing.Select(i => incoming[i].Submission.Life)], either.Token);
            foreach (var (i, origin) in needing.Zip(found))
                incoming[i] = incoming[i] with { Origin = origin };
        }
        catch (Exception exception) when (DynamoErrors.IsFailure(exception))
        {
            // Taken for new, a redriven one would be a second submission.
            foreach (var i in needing)
                incoming[i] = incoming[i] with { OriginFailure = exception };
        }
    }

    private async Task RememberAsync(List<Incoming> last, ILogger log, CancellationToken deadline)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, deadline);
        try
        {
            await store.SaveAsync([.. last.Select(one => (one.Submission.Life, one.Origin))], either.Token);
        }
        catch (Exception exception) when (DynamoErrors.IsFailure(exception))
        {
            NotRemembered(log, last.Count, DynamoErrors.Describe(exception));
        }
    }

    [LoggerMessage(
        30, LogLevel.Warning,
        "origins of {Count} records were not remembered, so a message move task would make other submissions of them: {Reason}")]
    private static partial void NotRemembered(ILogger log, int count, string reason);
}
