using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Aws;

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
    /// <remarks>
    /// The record is written before the message is sent, so a crash between the two loses nothing: the client was not told
    /// 202, and its retry finds the record and sends the same message.
    /// </remarks>
    /// <param name="idempotencyKey">The client's; null makes the body the key.</param>
    public async Task<Acceptance> AcceptAsync(NewSubmission submission, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var (key, fingerprint) = KeyOf(submission.QuizId, submission.Answers, idempotencyKey);
        var window = idempotencyKey is null ? BodyWindow : KeyWindow;

        string? replaced = null;
        while (true)
        {
            var now = Instants.ToMilliseconds(time.GetUtcNow());
            var accepted = Accept(submission, now);
            var item = AcceptedItem.From(accepted, key, fingerprint, now + window, now + LongestMessageLife);
            if (await TryPutAsync(item, replaced, cancellationToken))
                return new Acceptance(AcceptanceKind.New, accepted);

            replaced = null;
            var existing = await GetAsync(submission.StudentId, key, cancellationToken);
            if (existing is null)
                continue; // Its TTL ended between the two calls.

            if (!AcceptedItem.IsPast(existing, AcceptedItem.ReusableUntil, now))
                return new Acceptance(
                    existing[AcceptedItem.Fingerprint].S == fingerprint ? AcceptanceKind.Repeated : AcceptanceKind.KeyUsedForAnother,
                    AcceptedItem.ToSubmission(existing));

            // The key is free again, but its last submission may still be in the queue: keep that one's record under its own id.
            replaced = existing[AcceptedItem.SubmissionId].S;
            await ArchiveAsync(existing, replaced, cancellationToken);
        }
    }

    /// <summary>The submission that the same request has been accepted as within its window, or null.</summary>
    public async Task<AcceptedSubmission?> FindRepeatedAsync(
        string studentId, string quizId, JsonElement answers, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var (key, fingerprint) = KeyOf(quizId, answers, idempotencyKey);
        return await GetAsync(studentId, key, cancellationToken) is { } existing
            && existing[AcceptedItem.Fingerprint].S == fingerprint
            && !AcceptedItem.IsPast(existing, AcceptedItem.ReusableUntil, time.GetUtcNow())
            ? AcceptedItem.ToSubmission(existing)
            : null;
    }

    /// <summary>The submission of that id while its message can be alive, or null. Strongly consistent.</summary>
    public async Task<AcceptedSubmission?> FindAsync(string studentId, string submissionId, CancellationToken cancellationToken)
    {
        var response = await dynamo.QueryAsync(new QueryRequest
        {
            TableName = tableName,
            IndexName = SubmissionIdIndex,
            KeyConditionExpression = $"{AcceptedItem.StudentId} = :student AND {AcceptedItem.SubmissionId} = :id",
            ExpressionAttributeValues = new()
            {
                [":student"] = new AttributeValue { S = studentId },
                [":id"] = new AttributeValue { S = submissionId },
            },
            ConsistentRead = true,
            // The record, and for a moment its archived copy.
            Limit = 1,
        }, cancellationToken);
        return response.Items is [var item, ..] && !AcceptedItem.IsPast(item, AcceptedItem.ExpiresAt, time.GetUtcNow())
            ? AcceptedItem.ToSubmission(item)
            : null;
    }

    private static (string Key, string Fingerprint) KeyOf(string quizId, JsonElement answers, string? idempotencyKey)
    {
        var fingerprint = Fingerprint.HexOf(quizId, CanonicalJson.Of(answers));
        return (idempotencyKey is null ? $"body#{fingerprint}" : $"key#{Fingerprint.HexOf(idempotencyKey)}", fingerprint);
    }

    private static AcceptedSubmission Accept(NewSubmission submission, DateTimeOffset now) => new(
        submission.StudentId,
        SubmissionId.Create(now, submission.StudentId, submission.QuizId, submission.QuizVersion, submission.Answers),
        now,
        submission.QuizId,
        submission.QuizVersion);

    /// <param name="replaced">The submission whose record may be overwritten; null when there must be none.</param>
    private async Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, string? replaced, CancellationToken cancellationToken)
    {
        var condition = $"attribute_not_exists({AcceptedItem.StudentId})";
        try
        {
            await dynamo.PutItemAsync(new PutItemRequest
            {
                TableName = tableName,
                Item = item,
                ConditionExpression = replaced is null ? condition : $"{condition} OR {AcceptedItem.SubmissionId} = :replaced",
                ExpressionAttributeValues = replaced is null ? null : new() { [":replaced"] = new AttributeValue { S = replaced } },
            }, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private async Task<Dictionary<string, AttributeValue>?> GetAsync(string studentId, string key, CancellationToken cancellationToken)
    {
        var response = await dynamo.GetItemAsync(new GetItemRequest
        {
            TableName = tableName,
            Key = AcceptedItem.Key(studentId, key),
            ConsistentRead = true,
        }, cancellationToken);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    private async Task ArchiveAsync(Dictionary<string, AttributeValue> item, string submissionId, CancellationToken cancellationToken) =>
        await dynamo.PutItemAsync(new PutItemRequest
        {
            TableName = tableName,
            Item = new(item) { [AcceptedItem.IdempotencyKey] = new AttributeValue { S = $"id#{submissionId}" } },
        }, cancellationToken);
}
