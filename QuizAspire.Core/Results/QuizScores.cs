using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace QuizAspire.Core.Results;

/// <summary>All scores of a quiz, of which there may be millions.</summary>
public sealed class QuizScores(IAmazonDynamoDB dynamo, string tableName)
{
    /// <summary>The results table's global secondary index of a quiz's results by the time of submission.</summary>
    public const string QuizIndex = "quiz_id-index";

    /// <summary>
    /// The scores of the quiz's completed results, of all its versions, in the order of submission; page by page, so that no more than a page is
    /// held. Eventually consistent, as every such index: the results of the last second may be missing.
    /// </summary>
    public async IAsyncEnumerable<decimal> ReadAsync(string quizId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var response = await dynamo.QueryAsync(new QueryRequest
            {
                TableName = tableName,
                IndexName = QuizIndex,
                KeyConditionExpression = $"{ResultItem.QuizId} = :quiz",
                FilterExpression = $"#status = :completed",
                ProjectionExpression = ResultItem.Score,
                ExpressionAttributeNames = new() { ["#status"] = ResultItem.Status },
                ExpressionAttributeValues = new()
                {
                    [":quiz"] = new AttributeValue { S = quizId },
                    [":completed"] = new AttributeValue { S = ResultItem.Completed },
                },
                ExclusiveStartKey = start,
            }, cancellationToken);
            foreach (var item in response.Items ?? [])
                yield return decimal.Parse(item[ResultItem.Score].N, NumberStyles.Float, CultureInfo.InvariantCulture);
            start = response.LastEvaluatedKey is { Count: > 0 } last ? last : null;
        }
        while (start is not null);
    }
}
