using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Paging;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Core.Results;

/// <summary>Results in DynamoDB, as they are read. <see cref="ResultWriter"/> writes them.</summary>
public sealed class ResultStore(IAmazonDynamoDB dynamo, string tableName)
{
    public const int MaxPageSize = 100;

    /// <summary>A student's newest results, among which one is looked for whose id does not tell its time.</summary>
    public const int SearchedResults = 1_000;

    // A page ends at 1 MB, whatever its limit.
    private const int SearchedPages = 4;

    /// <summary>The result of a submission, or null. Strongly consistent: a result that anyone has seen is found.</summary>
    /// <param name="submissionId">
    /// One that carries its time (<see cref="SubmissionId"/>) is found at once; any other, a trusted producer's, is looked for
    /// among the student's newest results: <see cref="SearchedResults"/>, or as many as 4 MB hold.
    /// </param>
    public async Task<SubmissionResult?> FindAsync(string studentId, string submissionId, CancellationToken cancellationToken)
    {
        if (!SubmissionId.TryGetTime(submissionId, out var submittedAt))
            return await SearchAsync(studentId, submissionId, cancellationToken);

        return await GetAsync(studentId, ResultKey.From(submittedAt, submissionId), cancellationToken);
    }

    /// <summary>The result of that key, or null. Strongly consistent.</summary>
    internal async Task<SubmissionResult?> GetAsync(string studentId, string submissionTimestamp, CancellationToken cancellationToken)
    {
        var response = await dynamo.GetItemAsync(new GetItemRequest
        {
            TableName = tableName,
            Key = ResultItem.Key(studentId, submissionTimestamp),
            ConsistentRead = true,
        }, cancellationToken);
        return response.Item is { Count: > 0 } item ? ResultItem.ToResult(item) : null;
    }

    private async Task<SubmissionResult?> SearchAsync(string studentId, string submissionId, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue>? start = null;
        var left = SearchedResults;
        for (var page = 0; page < SearchedPages && left > 0; page++)
        {
            var response = await dynamo.QueryAsync(new QueryRequest
            {
                TableName = tableName,
                KeyConditionExpression = $"{ResultItem.StudentId} = :student",
                FilterExpression = $"{ResultItem.SubmissionId} = :id",
                ExpressionAttributeValues = new()
                {
                    [":student"] = new AttributeValue { S = studentId },
                    [":id"] = new AttributeValue { S = submissionId },
                },
                ScanIndexForward = false,
                Limit = left,
                ExclusiveStartKey = start,
                ConsistentRead = true,
            }, cancellationToken);
            if (response.Items is [var item, ..])
                return ResultItem.ToResult(item);
            if (response.LastEvaluatedKey is not { Count: > 0 } last)
                return null;
            (start, left) = (last, left - (response.ScannedCount ?? 0));
        }

        return null;
    }

    /// <summary>A student's results, newest first.</summary>
    /// <param name="limit">1 to <see cref="MaxPageSize"/>.</param>
    /// <exception cref="InvalidPageTokenException"/>
    public async Task<Page<SubmissionResult>> QueryAsync(string studentId, int limit, string? pageToken, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxPageSize);

        var response = await dynamo.QueryAsync(new QueryRequest
        {
            TableName = tableName,
            KeyConditionExpression = $"{ResultItem.StudentId} = :student",
            ExpressionAttributeValues = new() { [":student"] = new AttributeValue { S = studentId } },
            ScanIndexForward = false,
            Limit = limit,
            ExclusiveStartKey = pageToken is null ? null : ResultItem.Key(studentId, Position(pageToken)),
        }, cancellationToken);

        var next = response.LastEvaluatedKey is { Count: > 0 } last ? PageToken.Encode(last[ResultItem.SubmissionTimestamp].S) : null;
        return new Page<SubmissionResult>([.. (response.Items ?? []).Select(ResultItem.ToResult)], next);
    }

    private static string Position(string pageToken)
    {
        var position = PageToken.Decode(pageToken);
        return ResultKey.IsValid(position) ? position : throw new InvalidPageTokenException();
    }
}
