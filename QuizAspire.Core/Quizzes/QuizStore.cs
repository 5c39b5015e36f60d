using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Paging;
using QuizAspire.Core.Scoring;

namespace QuizAspire.Core.Quizzes;

/// <summary>Quizzes in DynamoDB: an immutable item for each version, and a head item that is a copy of the latest.</summary>
public sealed class QuizStore(IAmazonDynamoDB dynamo, string tableName, TimeProvider time)
{
    /// <summary>Of title and questions as stored; an item of 400 KB less room for names and the other attributes.</summary>
    public const int MaxQuizBytes = 390 * 1024;

    public const int MaxPageSize = 100;

    // Items that a scan looks at in one call: most of them are old versions, which the filter drops.
    private const int ScanPage = 200;

    private const string NotThere = $"attribute_not_exists({QuizItem.QuizId})";

    /// <summary>Stores the draft as the next version of its quiz.</summary>
    /// <exception cref="QuizTooLargeException">It does not fit into one item.</exception>
    public async Task<SavedQuiz> SaveAsync(QuizDraft draft, CancellationToken cancellationToken)
    {
        var questions = QuizItem.QuestionsJson(draft.Questions);
        var bytes = Encoding.UTF8.GetByteCount(questions) + Encoding.UTF8.GetByteCount(draft.Title);
        if (bytes > MaxQuizBytes)
            throw new QuizTooLargeException(bytes);

        var latest = await LatestVersionAsync(draft.QuizId, cancellationToken);
        // A version that is there already is another teacher's at this moment, or one whose head was never written: the next is free.
        for (var version = latest + 1; ; version++)
        {
            var quiz = new Quiz(draft.QuizId, version, draft.Title, draft.Questions, Instants.ToMilliseconds(time.GetUtcNow()));
            if (!await TryPutAsync(QuizItem.From(quiz, version, questions), NotThere, null, cancellationToken))
                continue;

            // Of those who found no head, the one whose put makes it created the quiz. A head that is newer stays.
            var head = QuizItem.From(quiz, QuizItem.Head, questions);
            if (latest == 0 && await TryPutAsync(head, NotThere, null, cancellationToken))
                return new SavedQuiz(quiz, Created: true);
            var older = new Dictionary<string, AttributeValue> { [":version"] = QuizItem.Number(version) };
            await TryPutAsync(head, $"{NotThere} OR {QuizItem.LatestVersion} < :version", older, cancellationToken);
            return new SavedQuiz(quiz, Created: false);
        }
    }

    /// <summary>The latest version, or null.</summary>
    public Task<Quiz?> FindLatestAsync(string quizId, CancellationToken cancellationToken) =>
        FindVersionAsync(quizId, QuizItem.Head, cancellationToken);

    /// <param name="version">From 1.</param>
    public async Task<Quiz?> FindVersionAsync(string quizId, int version, CancellationToken cancellationToken) =>
        await GetAsync(quizId, version, null, cancellationToken) is { } item ? QuizItem.ToQuiz(item) : null;

    /// <param name="version">From 1; null for the latest.</param>
    public async Task<AnswerKey?> FindAnswerKeyAsync(string quizId, int? version, CancellationToken cancellationToken)
    {
        var item = await GetAsync(quizId, version ?? QuizItem.Head, $"{QuizItem.LatestVersion}, {QuizItem.Questions}", cancellationToken);
        return item is null ? null : AnswerKey.FromStored(QuizItem.Integer(item[QuizItem.LatestVersion]), item[QuizItem.Questions].S);
    }

    /// <summary>The latest version of each quiz, in no particular order.</summary>
    /// <param name="limit">1 to <see cref="MaxPageSize"/>.</param>
    /// <exception cref="InvalidPageTokenException"/>
    public async Task<Page<QuizSummary>> ListAsync(int limit, string? pageToken, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxPageSize);

        var found = new List<QuizSummary>();
        var start = pageToken is null ? null : QuizItem.Key(PageToken.Decode(pageToken), QuizItem.Head);
        do
        {
            var response = await dynamo.ScanAsync(new ScanRequest
            {
                TableName = tableName,
                FilterExpression = "#version = :head",
                ProjectionExpression = string.Join(", ", QuizItem.SummaryAttributes),
                ExpressionAttributeNames = new() { ["#version"] = QuizItem.Version },
                ExpressionAttributeValues = new() { [":head"] = QuizItem.Number(QuizItem.Head) },
                ExclusiveStartKey = start,
                Limit = ScanPage,
            }, cancellationToken);
            found.AddRange((response.Items ?? []).Select(QuizItem.ToSummary));
            start = response.LastEvaluatedKey is { Count: > 0 } last ? last : null;
        }
        while (start is not null && found.Count <= limit);

        // One more than asked for tells that there is another page, which begins after the last one shown.
        return found.Count > limit
            ? new Page<QuizSummary>(found[..limit], PageToken.Encode(found[limit - 1].QuizId))
            : new Page<QuizSummary>(found, null);
    }

    private async Task<int> LatestVersionAsync(string quizId, CancellationToken cancellationToken) =>
        await GetAsync(quizId, QuizItem.Head, QuizItem.LatestVersion, cancellationToken) is { } head
            ? QuizItem.Integer(head[QuizItem.LatestVersion])
            : 0;

    private async Task<Dictionary<string, AttributeValue>?> GetAsync(
        string quizId, int version, string? projection, CancellationToken cancellationToken)
    {
        var response = await dynamo.GetItemAsync(new GetItemRequest
        {
            TableName = tableName,
            Key = QuizItem.Key(quizId, version),
            ProjectionExpression = projection,
            ConsistentRead = true,
        }, cancellationToken);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    private async Task<bool> TryPutAsync(
        Dictionary<string, AttributeValue> item, string condition, Dictionary<string, AttributeValue>? values, CancellationToken cancellationToken)
    {
        try
        {
            await dynamo.PutItemAsync(new PutItemRequest
            {
                TableName = tableName,
                Item = item,
                ConditionExpression = condition,
                ExpressionAttributeValues = values,
            }, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }
}
