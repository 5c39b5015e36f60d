using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace QuizAspire.Core.Results;

/// <summary>All scores of a quiz, of which there may be millions.</summary>
public sealed class QuizScores(IAmazonDynamoDB dynamo, string tableName)
{
    /// <summary>The results table's global secondary index of completed results by quiz.</summary>
    public const string QuizIndex = "quiz_shard-index";

    /// <summary>
    /// The scores of the quiz's completed results, of all its versions, in no order that means anything; page by page, so that no more than a
    /// page is held. Eventually consistent, as every such index: the results of the last second may be missing.
    /// </summary>
    public async IAsyncEnumerable<decimal> ReadAsync(string quizId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var shard in QuizShards.All(quizId))
        {
            await foreach (var score in ReadShardAsync(shard, cancellationToken))
                yield return score;
        }
    }

    private async IAsyncEnumerable<decimal> ReadShardAsync(string shard, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var response = await dynamo.QueryAsync(new QueryRequest
            {
                TableName = tableName,
                IndexName = QuizIndex,
                KeyConditionExpression = $"{QuizShards.Attribute} = :shard",
                ProjectionExpression = ResultItem.Score,
                ExpressionAttributeValues = new() { [":shard"] = new AttributeValue { S = shard } },
                ExclusiveStartKey = start,
            }, cancellationToken);
            foreach (var item in response.Items ?? [])
                yield return decimal.Parse(item[ResultItem.Score].N, NumberStyles.Float, CultureInfo.InvariantCulture);
            start = response.LastEvaluatedKey is { Count: > 0 } last ? last : null;
        }
        while (start is not null);
    }
}
