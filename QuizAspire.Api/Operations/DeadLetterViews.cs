using Amazon.SQS.Model;
using QuizAspire.Core.DeadLetters;
using QuizAspire.Core.Results;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Api.Operations;

/// <summary>Looks at dead letters and at the results that tell why they failed.</summary>
internal sealed class DeadLetterViews(DeadLetterPeek peek, MessageOriginStore origins, ResultStore results)
{
    private const int ReadsAtOnce = 8;

    public async Task<DeadLetterQueueView> LookAsync(DeadLetterQueue queue, int limit, CancellationToken cancellationToken)
    {
        var (depth, messages) = await peek.ReadAsync(queue, limit, message => Seen.Of(message, queue.HoldsSubmissions), cancellationToken);
        var views = messages.Select(message => message.View).ToArray();
        if (queue.HoldsSubmissions)
            await AddResultsAsync([.. messages.Select(message => message.Submission!)], views, cancellationToken);
        return new DeadLetterQueueView(queue.Name, queue.SourceName, QueueDepthView.Of(depth), views);
    }

    private async Task AddResultsAsync(IReadOnlyList<ReadSubmission> submissions, DeadLetterView[] views, CancellationToken cancellationToken)
    {
        var needing = Enumerable.Range(0, submissions.Count).Where(i => submissions[i].NeedsOrigin).ToList();
        var found = needing.Zip(await origins.FindAsync([.. needing.Select(i => submissions[i].Life)], cancellationToken)).ToDictionary();
        var options = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, views.Length, options, async (i, token) =>
        {
            var dead = DeadSubmission.Of(submissions[i], found.GetValueOrDefault(i) ?? submissions[i].Life.Apparent);
            var result = await results.GetAsync(dead.StudentId, dead.ResultKey, token);
            views[i] = views[i] with
            {
                SentAt = dead.Origin.SentAt,
                StudentId = dead.StudentId,
                QuizId = dead.QuizId,
                SubmissionId = dead.Identity.SubmissionId,
                Reason = result?.Reason,
            };
        });
    }

    private sealed record Seen(DeadLetterView View, ReadSubmission? Submission)
    {
        public static Seen Of(Message message, bool isSubmission) => new(
            new DeadLetterView(message.MessageId, (message.StatedOrigin()?.SentAt ?? message.SentAt()), message.ReceiveCount()),
            isSubmission ? DeadSubmission.Read(message) : null);
    }
}
