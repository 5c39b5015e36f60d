using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.Results;

/// <summary>Writes result items. Nothing here throws for what DynamoDB or the deadline does: each result gets its outcome.</summary>
/// <remarks>
/// The deadline is the cancellation token. Results whose id commits to its content are overwritten in batches, the fast and
/// cheap way; conditions, which batches lack, guard the rest.
/// </remarks>
public sealed class ResultWriter(IAmazonDynamoDB dynamo, string tableName, Backoff backoff)
{
    // BatchWriteItem's limit.
    private const int MaxBatch = 25;

    private const string NoItemOrFailed = $"attribute_not_exists({ResultItem.StudentId}) OR #status = :failed";

    /// <summary>Puts results that may overwrite whatever has their key, because it can only be the same. Two of one key are one write.</summary>
    /// <returns>An outcome for each result, in their order.</returns>
    public async Task<IReadOnlyList<WriteOutcome>> OverwriteAsync(IReadOnlyList<SubmissionResult> results, CancellationToken deadline)
    {
        var outcomes = new Dictionary<(string, string), WriteOutcome>();
        var items = results.DistinctBy(KeyOf).ToList();
        foreach (var chunk in items.Chunk(MaxBatch))
            await OverwriteChunkAsync(chunk, outcomes, deadline);
        return [.. results.Select(result => outcomes[KeyOf(result)])];
    }

    /// <summary>Puts a result whose id is its producer's own: over nothing, over a failure, or over the same submission.</summary>
    /// <param name="fingerprint">Of the submission's content.</param>
    public Task<WriteOutcome> PutOwnAsync(SubmissionResult result, string fingerprint, CancellationToken deadline)
    {
        var item = ResultItem.From(result);
        item[ResultItem.Fingerprint] = new AttributeValue { S = fingerprint };
        return PutAsync(new PutItemRequest
        {
            Item = item,
            ConditionExpression = $"{NoItemOrFailed} OR {ResultItem.Fingerprint} = :fingerprint",
            ExpressionAttributeNames = StatusName,
            ExpressionAttributeValues = new(FailedValue) { [":fingerprint"] = new AttributeValue { S = fingerprint } },
            // Costs no capacity, and tells a submission that came twice.
            ReturnValues = ReturnValue.ALL_OLD,
        }, "another submission has this submission_id", deadline);
    }

    /// <summary>Puts a failure, never over a completed result.</summary>
    public Task<WriteOutcome> PutFailedAsync(SubmissionResult result, CancellationToken deadline) => PutAsync(new PutItemRequest
    {
        Item = ResultItem.From(result),
        ConditionExpression = NoItemOrFailed,
        ExpressionAttributeNames = StatusName,
        ExpressionAttributeValues = FailedValue,
    }, "a completed result is there already", deadline);

    private static Dictionary<string, string> StatusName => new() { ["#status"] = ResultItem.Status };

    private static Dictionary<string, AttributeValue> FailedValue => new() { [":failed"] = new AttributeValue { S = ResultItem.Failed } };

    private static (string, string) KeyOf(SubmissionResult result) => (result.StudentId, result.SubmissionTimestamp);

    private static (string, string) KeyOf(Dictionary<string, AttributeValue> item) =>
        (item[ResultItem.StudentId].S, item[ResultItem.SubmissionTimestamp].S);

    private async Task OverwriteChunkAsync(SubmissionResult[] chunk, Dictionary<(string, string), WriteOutcome> outcomes, CancellationToken deadline)
    {
        var pending = chunk.Select(result => new WriteRequest { PutRequest = new PutRequest { Item = ResultItem.From(result) } }).ToList();
        foreach (var result in chunk)
            outcomes[KeyOf(result)] = WriteOutcome.Written;

        for (var attempt = 0; ; attempt++)
        {
            string reason, kind;
            try
            {
                var request = new BatchWriteItemRequest { RequestItems = new() { [tableName] = pending } };
                var response = await dynamo.BatchWriteItemAsync(request, deadline);
                pending = response.UnprocessedItems?.GetValueOrDefault(tableName) ?? [];
                if (pending.Count == 0)
                    return;

                (reason, kind) = ("DynamoDB left it unprocessed", "unprocessed");
            }
            catch (Exception exception) when (DynamoErrors.IsItemRefused(exception))
            {
                // One bad item makes DynamoDB refuse the whole batch, so each is put alone to find out which it is.
                foreach (var write in pending)
                    outcomes[KeyOf(write.PutRequest.Item)] = await PutAsync(new PutItemRequest { Item = write.PutRequest.Item }, "", deadline);
                return;
            }
            catch (Exception exception) when (DynamoErrors.IsFailure(exception))
            {
                (reason, kind) = (DynamoErrors.Describe(exception), ServiceFailures.KindOf(exception));
                if (!DynamoErrors.IsWorthRetrying(exception, deadline))
                {
                    MarkNotConfirmed(pending, outcomes, reason, kind);
                    return;
                }
            }

            if (!await TryPauseAsync(attempt, deadline))
            {
                MarkNotConfirmed(pending, outcomes, reason, kind);
                return;
            }
        }
    }

    private async Task<WriteOutcome> PutAsync(PutItemRequest request, string conflict, CancellationToken deadline)
    {
        request.TableName = tableName;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var response = await dynamo.PutItemAsync(request, deadline);
                return WriteOutcome.Written with { WasThere = IsCompleted(response.Attributes) };
            }
            catch (ConditionalCheckFailedException)
            {
                return new WriteOutcome(WriteStatus.Conflict, conflict, "conflict");
            }
            catch (Exception exception) when (DynamoErrors.IsItemRefused(exception))
            {
                return new WriteOutcome(WriteStatus.Refused, DynamoErrors.Describe(exception), ServiceFailures.KindOf(exception));
            }
            catch (Exception exception) when (DynamoErrors.IsFailure(exception))
            {
                if (!DynamoErrors.IsWorthRetrying(exception, deadline) || !await TryPauseAsync(attempt, deadline))
                    return new WriteOutcome(WriteStatus.NotConfirmed, DynamoErrors.Describe(exception), ServiceFailures.KindOf(exception));
            }
        }
    }

    private async Task<bool> TryPauseAsync(int attempt, CancellationToken deadline)
    {
        try
        {
            await backoff.PauseAsync(attempt, deadline);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static bool IsCompleted(Dictionary<string, AttributeValue>? item) =>
        item?.GetValueOrDefault(ResultItem.Status)?.S == ResultItem.Completed;

    private static void MarkNotConfirmed(
        List<WriteRequest> pending, Dictionary<(string, string), WriteOutcome> outcomes, string reason, string kind)
    {
        foreach (var write in pending)
            outcomes[KeyOf(write.PutRequest.Item)] = new WriteOutcome(WriteStatus.NotConfirmed, reason, kind);
    }
}
