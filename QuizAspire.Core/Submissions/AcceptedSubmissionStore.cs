#pragma warning disable CS9113 // signatures first, bodies in the next commit
using Amazon.DynamoDBv2;

namespace QuizAspire.Core.Submissions;

/// <summary>Accepted submissions in DynamoDB, found by idempotency key or body when accepting, by submission id when asked for.</summary>
public sealed class AcceptedSubmissionStore(IAmazonDynamoDB dynamo, string tableName, TimeProvider time)
{
    /// <summary>The table's local secondary index on <c>submission_id</c>.</summary>
    public const string SubmissionIdIndex = "submission_id-index";

    /// <summary>How long the same body without a key is the same submission: SQS's own deduplication window.</summary>
    public static readonly TimeSpan BodyWindow = TimeSpan.FromMinutes(5);

    /// <summary>How long an idempotency key means the same submission.</summary>
    public static readonly TimeSpan KeyWindow = TimeSpan.FromHours(24);

    /// <summary>How long a message can be alive: 4 days in the queue and, moved with a new timestamp as FIFO queues do, 14 in its DLQ.</summary>
    public static readonly TimeSpan LongestMessageLife = TimeSpan.FromDays(18);

    /// <summary>Gives the submission its id and its time, or those that the same request was given before.</summary>
    /// <param name="idempotencyKey">The client's; null makes the body the key.</param>
    public Task<Acceptance> AcceptAsync(NewSubmission submission, string? idempotencyKey, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The submission of that id while its message can be alive, or null.</summary>
    public Task<AcceptedSubmission?> FindAsync(string studentId, string submissionId, CancellationToken cancellationToken) => throw new NotImplementedException();
}
