using Amazon.SQS.Model;
using QuizAspire.Core.Aws;
using QuizAspire.Core.DeadLetters;
using QuizAspire.Core.Results;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Api.Operations;

/// <summary>Looks at dead letters, and at the results and statistics jobs that tell why they failed.</summary>
internal sealed class DeadLetterViews(
    DeadLetterPeek peek, MessageOriginStore origins, ResultStore results, StatisticsJobStore jobs, TimeProvider time)
{
    private const int ReadsAtOnce = 8;

    // For all of a queue's together.
    private static readonly TimeSpan ReasonsTime = TimeSpan.FromSeconds(5);

    public async Task<DeadLetterQueueView> LookAsync(DeadLetterQueue queue, int limit, CancellationToken cancellationToken)
    {
        var (depth, messages) = await peek.ReadAsync(queue, limit, message => Seen.Of(message, queue.HoldsSubmissions), cancellationToken);
        var views = messages.Select(message => message.View).ToArray();
        if (queue.HoldsSubmissions)
            await AddResultsAsync([.. messages.Select(message => message.Submission!)], views, cancellationToken);
        else
            await AddJobsAsync(views, cancellationToken);
        return new DeadLetterQueueView(queue.Name, queue.SourceName, QueueDepthView.Of(depth), views);
    }

    private async Task AddResultsAsync(IReadOnlyList<ReadSubmission> submissions, DeadLetterView[] views, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ReasonsTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var needing = Enumerable.Range(0, submissions.Count).Where(i => submissions[i].NeedsOrigin).ToList();
        var (origin, unknown) = await TryAsync(
            () => origins.FindAsync([.. needing.Select(i => submissions[i].Life)], either.Token), cancellationToken);
        var found = needing.Zip(origin ?? []).ToDictionary();
        await Parallel.ForAsync(0, views.Length, Limited(cancellationToken), async (i, _) =>
        {
            var isLost = unknown is not null && submissions[i].NeedsOrigin;
            var dead = DeadSubmission.Of(submissions[i], found.GetValueOrDefault(i) ?? submissions[i].Life.Apparent);
            var (reason, unread) = isLost ? (null, unknown) : await TryAsync(() => ReasonAsync(dead, either.Token), cancellationToken);
            views[i] = views[i] with
            {
                SentAt = dead.Origin.SentAt,
                StudentId = dead.StudentId,
                QuizId = dead.QuizId,
                SubmissionId = isLost ? null : dead.Identity.SubmissionId,
                Reason = unread is null ? reason : $"its result could not be read: {unread}",
            };
        });
    }

    private async Task AddJobsAsync(DeadLetterView[] views, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ReasonsTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await Parallel.ForAsync(0, views.Length, Limited(cancellationToken), async (i, _) =>
        {
            if (views[i].StatisticsId is not { } id)
                return;
            var (job, unread) = await TryAsync(() => jobs.FindAsync(id, either.Token), cancellationToken);
            views[i] = views[i] with { QuizId = job?.QuizId, Reason = unread is null ? job?.Reason : $"its job could not be read: {unread}" };
        });
    }

    private static ParallelOptions Limited(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };

    private async Task<string?> ReasonAsync(DeadSubmission dead, CancellationToken cancellationToken) =>
        (await results.GetAsync(dead.StudentId, dead.ResultKey, cancellationToken))?.Reason
        ?? (dead.BesideKey is { } beside ? (await results.GetAsync(dead.StudentId, beside, cancellationToken))?.Reason : null);

    /// <summary>Dead letters are looked at when something is wrong, which may be the tables: what the queue tells is shown all the same.</summary>
    private static async Task<(T? Value, string? Failure)> TryAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return (await read(), null);
        }
        catch (Exception exception) when (DynamoErrors.IsFailure(exception) && !cancellationToken.IsCancellationRequested)
        {
            return (default, DynamoErrors.Describe(exception));
        }
    }

    private sealed record Seen(DeadLetterView View, ReadSubmission? Submission)
    {
        public static Seen Of(Message message, bool isSubmission) => new(
            new DeadLetterView(
                message.MessageId, message.StatedOrigin()?.SentAt ?? message.SentAt(), message.ReceiveCount(),
                StatisticsId: isSubmission ? null : StatisticsIdOf(message)),
            isSubmission ? DeadSubmission.Read(message) : null);

        // Of either queue: both name the job by the same member.
        private static string? StatisticsIdOf(Message message)
        {
            try
            {
                return StatisticsCompletedMessage.Read(message.Body).StatisticsId;
            }
            catch (InvalidStatisticsMessageException)
            {
                return null;
            }
        }
    }
}
