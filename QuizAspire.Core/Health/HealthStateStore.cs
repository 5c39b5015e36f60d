using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace QuizAspire.Core.Health;

/// <summary>What a health check remembers, in a table of its own, because a Lambda's memory ends with its instance.</summary>
/// <param name="checkId">The check whose state it is.</param>
public sealed class HealthStateStore(IAmazonDynamoDB dynamo, string tableName, string checkId)
{
    private const string NotThereYet = $"attribute_not_exists({HealthStateItem.CheckId})";
    private const string StillAsRead = $"{HealthStateItem.Version} = :read";

    /// <summary>Strongly consistent.</summary>
    public async Task<HealthState> ReadAsync(CancellationToken cancellationToken)
    {
        var response = await dynamo.GetItemAsync(new GetItemRequest
        {
            TableName = tableName,
            Key = new() { [HealthStateItem.CheckId] = new AttributeValue { S = checkId } },
            ConsistentRead = true,
        }, cancellationToken);
        return response.Item is { Count: > 0 } item ? HealthStateItem.ToState(item) : HealthState.None;
    }

    /// <summary>Writes it where the stored version is the one before, and nowhere else.</summary>
    /// <returns>False when another run has written since this one read.</returns>
    public async Task<bool> TryWriteAsync(HealthState state, CancellationToken cancellationToken)
    {
        var request = new PutItemRequest { TableName = tableName, Item = HealthStateItem.From(checkId, state), ConditionExpression = NotThereYet };
        if (state.Version > 1)
        {
            request.ConditionExpression = StillAsRead;
            request.ExpressionAttributeValues = new() { [":read"] = HealthStateItem.Number(state.Version - 1) };
        }

        try
        {
            await dynamo.PutItemAsync(request, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }
}
