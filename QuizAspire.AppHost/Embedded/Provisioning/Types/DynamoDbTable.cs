using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

internal sealed class DynamoDbTable() : ResourceType("AWS::DynamoDB::Table")
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    private static readonly string[] Provisioned =
    [
        "AttributeDefinitions", "BillingMode", "GlobalSecondaryIndexes", "KeySchema", "LocalSecondaryIndexes", "ProvisionedThroughput", "TableName",
    ];

    public override ResourceIdentity Identify(ResourceRequest request)
    {
        var name = request.NameOr("TableName");
        return new(name, name, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Arn"] = EmulatorAddresses.Arn("dynamodb", $"table/{name}"),
        });
    }

    public override async Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation)
    {
        var wanted = TableShape.Read(resource.Identity.Name, resource.Properties);
        var outcome = ProvisionOutcome.Unchanged;
        var present = await DescribeAsync(clients.DynamoDb, wanted.TableName, cancellation);
        if (present is null)
        {
            await clients.DynamoDb.CreateTableAsync(wanted, cancellation);
            outcome = ProvisionOutcome.Created;
        }
        else if (TableShape.MissingIndexes(present, wanted) is not { } missing)
        {
            throw new KeptDataException(
                $"The kept table {wanted.TableName} is {TableShape.Describe(present)}, and the template wants {TableShape.Describe(wanted)}.");
        }
        else
        {
            // One at a time, as DynamoDB makes them.
            foreach (var index in missing)
            {
                await clients.DynamoDb.UpdateTableAsync(TableShape.Adding(index, wanted), cancellation);
                outcome = ProvisionOutcome.Updated;
                present = null;
            }
        }

        using var timer = new PeriodicTimer(LookInterval);
        while (present?.TableStatus != TableStatus.ACTIVE)
        {
            present = await DescribeAsync(clients.DynamoDb, wanted.TableName, cancellation);
            if (present?.TableStatus != TableStatus.ACTIVE)
                await timer.WaitForNextTickAsync(cancellation);
        }

        return new(resource, outcome, [.. Notes(resource.Properties)]);
    }

    private static async Task<TableDescription?> DescribeAsync(IAmazonDynamoDB dynamoDb, string table, CancellationToken cancellation)
    {
        try
        {
            return (await dynamoDb.DescribeTableAsync(table, cancellation)).Table;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Notes(JsonObject properties) => properties.Where(property => !Provisioned.Contains(property.Key)).Select(property => property.Key switch
    {
        "PointInTimeRecoverySpecification" => "point-in-time recovery is not emulated",
        "TimeToLiveSpecification" => $"time to live is not emulated: items past their {property.Value?["AttributeName"]} stay",
        "StreamSpecification" => "its stream is not emulated",
        "SSESpecification" => "encryption with a key is not emulated",
        "DeletionProtectionEnabled" => "deletion protection is not emulated",
        // The emulator takes them apart from the creation, and answers that call with a checksum that the SDK refuses.
        "Tags" => "tags are left out",
        var other => $"{other} is not emulated",
    });
}
