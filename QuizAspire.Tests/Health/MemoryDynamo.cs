using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace QuizAspire.Tests.Health;

/// <summary>The one item of a health check in memory, with the store's condition, behind a gate that the test opens.</summary>
/// <param name="gate">Passed before each call, by its name; throws where the test wants that.</param>
internal sealed class MemoryDynamo(SharedItem shared, Func<string, Task> gate)
    : AmazonDynamoDBClient(new AnonymousAWSCredentials(), RegionEndpoint.USWest1)
{
    public override async Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default)
    {
        await gate("read");
        return new GetItemResponse { Item = shared.Item };
    }

    public override async Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default)
    {
        await gate("write");
        var read = request.ExpressionAttributeValues?.GetValueOrDefault(":read")?.N;
        if (shared.Item?["version"].N != read)
            throw new ConditionalCheckFailedException("another version");
        shared.Item = request.Item;
        return new PutItemResponse();
    }
}

internal sealed class SharedItem
{
    public Dictionary<string, AttributeValue>? Item { get; set; }
}
