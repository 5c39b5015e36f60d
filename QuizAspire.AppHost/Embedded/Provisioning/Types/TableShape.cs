using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

/// <summary>What of a table cannot be changed once it holds items: its keys and its indexes. An index of the whole table can be added.</summary>
internal static class TableShape
{
    public static CreateTableRequest Read(string name, JsonObject properties) => new()
    {
        TableName = name,
        BillingMode = properties["BillingMode"]?.GetValue<string>() ?? BillingMode.PROVISIONED,
        ProvisionedThroughput = Throughput(properties["ProvisionedThroughput"]),
        AttributeDefinitions = List(properties["AttributeDefinitions"], one => new AttributeDefinition(Text(one["AttributeName"]), Text(one["AttributeType"]))),
        KeySchema = Keys(properties["KeySchema"]),
        LocalSecondaryIndexes = OrNull(List(properties["LocalSecondaryIndexes"], one => new LocalSecondaryIndex
        {
            IndexName = Text(one["IndexName"]),
            KeySchema = Keys(one["KeySchema"]),
            Projection = ProjectionOf(one["Projection"]),
        })),
        GlobalSecondaryIndexes = OrNull(List(properties["GlobalSecondaryIndexes"], one => new GlobalSecondaryIndex
        {
            IndexName = Text(one["IndexName"]),
            KeySchema = Keys(one["KeySchema"]),
            Projection = ProjectionOf(one["Projection"]),
            ProvisionedThroughput = Throughput(one["ProvisionedThroughput"]),
        })),
    };

    /// <summary>The global indexes that a table lacks; null where it differs in anything else.</summary>
    public static IReadOnlyList<GlobalSecondaryIndex>? MissingIndexes(TableDescription table, CreateTableRequest wanted)
    {
        var there = (table.GlobalSecondaryIndexes ?? []).Select(index => index.IndexName).ToHashSet(StringComparer.Ordinal);
        var indexes = (wanted.GlobalSecondaryIndexes ?? []).ToLookup(index => there.Contains(index.IndexName));
        var without = new CreateTableRequest
        {
            KeySchema = wanted.KeySchema,
            AttributeDefinitions = wanted.AttributeDefinitions,
            LocalSecondaryIndexes = wanted.LocalSecondaryIndexes,
            GlobalSecondaryIndexes = [.. indexes[true]],
        };
        return Describe(table) == Describe(without) ? [.. indexes[false]] : null;
    }

    public static UpdateTableRequest Adding(GlobalSecondaryIndex index, CreateTableRequest wanted) => new()
    {
        TableName = wanted.TableName,
        AttributeDefinitions = wanted.AttributeDefinitions,
        GlobalSecondaryIndexUpdates =
        [
            new()
            {
                Create = new()
                {
                    IndexName = index.IndexName,
                    KeySchema = index.KeySchema,
                    Projection = index.Projection,
                    ProvisionedThroughput = index.ProvisionedThroughput,
                },
            },
        ],
    };

    /// <summary>The shape in words, the same for the same shape.</summary>
    public static string Describe(CreateTableRequest table) => Describe(
        table.KeySchema,
        table.AttributeDefinitions,
        (table.LocalSecondaryIndexes ?? []).Select(index => (index.IndexName, index.KeySchema, index.Projection)),
        (table.GlobalSecondaryIndexes ?? []).Select(index => (index.IndexName, index.KeySchema, index.Projection)));

    public static string Describe(TableDescription table) => Describe(
        table.KeySchema,
        table.AttributeDefinitions,
        (table.LocalSecondaryIndexes ?? []).Select(index => (index.IndexName, index.KeySchema, index.Projection)),
        (table.GlobalSecondaryIndexes ?? []).Select(index => (index.IndexName, index.KeySchema, index.Projection)));

    private static string Describe(
        IEnumerable<KeySchemaElement> keys,
        IReadOnlyCollection<AttributeDefinition> attributes,
        IEnumerable<(string Name, List<KeySchemaElement> Keys, Projection Projection)> local,
        IEnumerable<(string Name, List<KeySchemaElement> Keys, Projection Projection)> global)
    {
        string[] parts = ["keyed by " + Typed(keys), .. Indexes("local", local), .. Indexes("global", global)];
        return string.Join(", ", parts);

        IEnumerable<string> Indexes(string kind, IEnumerable<(string Name, List<KeySchemaElement> Keys, Projection Projection)> indexes) =>
            indexes.OrderBy(index => index.Name, StringComparer.Ordinal).Select(index =>
                $"with {kind} index {index.Name} by {Typed(index.Keys)} projecting {index.Projection.ProjectionType} {string.Join('+', (index.Projection.NonKeyAttributes ?? []).Order(StringComparer.Ordinal))}".TrimEnd());

        string Typed(IEnumerable<KeySchemaElement> schema) => string.Join(" and ", schema.OrderBy(key => key.KeyType.Value, StringComparer.Ordinal)
            .Select(key => $"{key.AttributeName} ({attributes.FirstOrDefault(one => one.AttributeName == key.AttributeName)?.AttributeType.Value})"));
    }

    private static List<KeySchemaElement> Keys(JsonNode? node) => List(node, one => new KeySchemaElement(Text(one["AttributeName"]), Text(one["KeyType"])));

    private static Projection ProjectionOf(JsonNode? node) => new()
    {
        ProjectionType = Text(node?["ProjectionType"]),
        NonKeyAttributes = OrNull(List(node?["NonKeyAttributes"], one => one.GetValue<string>())),
    };

    private static ProvisionedThroughput? Throughput(JsonNode? node) => node is null ? null : new(Number(node["ReadCapacityUnits"]), Number(node["WriteCapacityUnits"]));

    private static long Number(JsonNode? node) => long.Parse(node!.ToString(), CultureInfo.InvariantCulture);

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? throw new EmbeddedAwsException("A table of the template lacks a name, a type or a projection.");

    private static List<T> List<T>(JsonNode? node, Func<JsonNode, T> read) => [.. (node as JsonArray ?? []).Select(one => read(one!))];

    // The service takes no empty list of indexes.
    private static List<T>? OrNull<T>(List<T> list) => list.Count == 0 ? null : list;
}
