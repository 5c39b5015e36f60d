using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Paging;
using QuizAspire.Core.Results;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Core.Statistics.Jobs;

/// <summary>
/// Statistics jobs in DynamoDB, and the requests that they were accepted by. Every write may be repeated, and may come late: what is further
/// along stays.
/// </summary>
public sealed class StatisticsJobStore(IAmazonDynamoDB dynamo, string tableName, TimeProvider time)
{
    /// <summary>The table's global secondary index of jobs by the time of their request.</summary>
    public const string SubmittedIndex = "submitted-index";

    public const int MaxPageSize = 100;

    /// <summary>How long the same sheet without a key is the same request, as for submissions.</summary>
    public static readonly TimeSpan ContentWindow = AcceptedSubmissionStore.BodyWindow;

    /// <summary>How long an idempotency key means the same request, as for submissions.</summary>
    public static readonly TimeSpan KeyWindow = AcceptedSubmissionStore.KeyWindow;

    /// <summary>Gives the request its job, or the one that the same request was given before.</summary>
    /// <remarks>
    /// It is written before the message is sent, so a crash between the two loses nothing: the client was not told 202, and its retry
    /// finds the job and sends the same message.
    /// </remarks>
    /// <param name="idempotencyKey">The client's; null makes the sheet's content the key.</param>
    public async Task<StatisticsAcceptance> AcceptAsync(StatisticsRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var fingerprint = Fingerprint.HexOf(StatisticsNames.Of(request.Source), request.QuizId ?? "", request.Fingerprint);
        var key = idempotencyKey is null ? $"request#body#{fingerprint}" : $"request#key#{Fingerprint.HexOf(idempotencyKey)}";
        var window = idempotencyKey is null ? ContentWindow : KeyWindow;

        string? replaced = null;
        while (true)
        {
            var now = Instants.ToMilliseconds(time.GetUtcNow());
            var id = StatisticsId.Create(now, fingerprint, request.ObjectKey);
            var job = new StatisticsJob(id, request.Source, request.QuizId, request.ObjectKey, now);
            if (await TryPutAsync(StatisticsRequestItem.From(key, job, fingerprint, now + window), replaced, cancellationToken))
                return new StatisticsAcceptance(AcceptanceKind.New, job);

            if (await GetAsync(key, cancellationToken) is not { } existing)
                continue; // Its TTL ended between the two calls.

            if (StatisticsRequestItem.IsReusable(existing, now))
                return Known(StatisticsRequestItem.ToJob(existing), existing[StatisticsRequestItem.Fingerprint].S == fingerprint, request);

            replaced = existing[StatisticsRequestItem.JobId].S;
        }
    }

    /// <summary>Shows the job as queued, once its message is. A job that is further along stays as it is.</summary>
    public async Task AddQueuedAsync(StatisticsJob job, CancellationToken cancellationToken)
    {
        var item = new Dictionary<string, AttributeValue>(StatisticsJobItem.Request(job))
        {
            [StatisticsJobItem.StatisticsId] = StatisticsJobItem.Text(job.StatisticsId),
            [StatisticsJobItem.Listing] = StatisticsJobItem.Text(StatisticsJobItem.Jobs),
            [StatisticsJobItem.Status] = StatisticsJobItem.Text(StatisticsJobStatus.Queued),
        };
        await TryPutAsync(item, replaced: null, cancellationToken);
    }

    /// <summary>The job of that id, or null. Strongly consistent.</summary>
    /// <param name="statisticsId">Anything: what is no id has no job.</param>
    public async Task<StatisticsJob?> FindAsync(string statisticsId, CancellationToken cancellationToken) =>
        StatisticsId.IsValid(statisticsId) && await GetAsync(statisticsId, cancellationToken) is { } item ? StatisticsJobItem.ToJob(item) : null;

    /// <summary>All jobs, newest request first. Eventually consistent: a job is in it a moment after it is found by its id.</summary>
    /// <param name="limit">1 to <see cref="MaxPageSize"/>.</param>
    /// <exception cref="InvalidPageTokenException"/>
    public async Task<Page<StatisticsJob>> QueryAsync(int limit, string? pageToken, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxPageSize);

        var response = await dynamo.QueryAsync(new QueryRequest
        {
            TableName = tableName,
            IndexName = SubmittedIndex,
            KeyConditionExpression = $"{StatisticsJobItem.Listing} = :jobs",
            ExpressionAttributeValues = new() { [":jobs"] = StatisticsJobItem.Text(StatisticsJobItem.Jobs) },
            ScanIndexForward = false,
            Limit = limit,
            ExclusiveStartKey = pageToken is null ? null : StatisticsPage.Start(pageToken),
        }, cancellationToken);

        var next = response.LastEvaluatedKey is { Count: > 0 } last ? StatisticsPage.TokenAfter(last) : null;
        return new Page<StatisticsJob>([.. (response.Items ?? []).Select(item => StatisticsJobItem.ToJob(item)!)], next);
    }

    /// <summary>Shows the job as running, and adds one that a trusted producer's message asks for.</summary>
    /// <returns>Whether there is something to do.</returns>
    public async Task<JobBeginning> BeginAsync(StatisticsJob job, CancellationToken cancellationToken)
    {
        if (await TryUpdateAsync(StatisticsJobUpdates.Begin(job, Now), cancellationToken))
            return JobBeginning.Begun;

        // Neither attribute ever changes again, so what is read now is why the condition failed.
        var existing = await GetAsync(job.StatisticsId, cancellationToken);
        return existing?.GetValueOrDefault(StatisticsJobItem.ObjectKey)?.S == job.ObjectKey ? JobBeginning.ResultWritten : JobBeginning.AnotherJob;
    }

    /// <summary>Notes that the statistics have been written. The first time counts; the statistics of a sheet are always the same.</summary>
    public Task FinishAsync(string statisticsId, StatisticsJobResult result, CancellationToken cancellationToken) =>
        TryUpdateAsync(StatisticsJobUpdates.Finish(statisticsId, result, Now), cancellationToken);

    /// <summary>Notes why the sheet could not be read for now, never over written statistics.</summary>
    /// <returns>False when they are there.</returns>
    public Task<bool> FailAsync(StatisticsJob job, string reason, CancellationToken cancellationToken) =>
        TryUpdateAsync(StatisticsJobUpdates.Fail(job, reason, Now), cancellationToken);

    /// <summary>Notes that the statistics topic was told. The first time counts.</summary>
    public Task MarkNotifiedAsync(string statisticsId, CancellationToken cancellationToken) =>
        TryUpdateAsync(StatisticsJobUpdates.MarkNotified(statisticsId, Now), cancellationToken);

    private string Now => Instants.ToText(time.GetUtcNow());

    private static StatisticsAcceptance Known(StatisticsJob job, bool sameContent, StatisticsRequest request) => new(
        // The SDK repeats a put whose answer was lost, and then meets the item that it has put itself.
        job.ObjectKey == request.ObjectKey ? AcceptanceKind.New
        : sameContent ? AcceptanceKind.Repeated
        : AcceptanceKind.KeyUsedForAnother,
        job);

    /// <param name="replaced">The job whose request item may be overwritten; null when there must be no item.</param>
    private async Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, string? replaced, CancellationToken cancellationToken)
    {
        var condition = $"attribute_not_exists({StatisticsJobItem.StatisticsId})";
        try
        {
            await dynamo.PutItemAsync(new PutItemRequest
            {
                TableName = tableName,
                Item = item,
                ConditionExpression = replaced is null ? condition : $"{condition} OR {StatisticsRequestItem.JobId} = :replaced",
                ExpressionAttributeValues = replaced is null ? null : new() { [":replaced"] = StatisticsJobItem.Text(replaced) },
            }, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private async Task<bool> TryUpdateAsync(UpdateItemRequest update, CancellationToken cancellationToken)
    {
        update.TableName = tableName;
        try
        {
            await dynamo.UpdateItemAsync(update, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private async Task<Dictionary<string, AttributeValue>?> GetAsync(string id, CancellationToken cancellationToken)
    {
        var response = await dynamo.GetItemAsync(new GetItemRequest
        {
            TableName = tableName,
            Key = StatisticsJobItem.Key(id),
            ConsistentRead = true,
        }, cancellationToken);
        return response.Item is { Count: > 0 } item ? item : null;
    }
}
