using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using QuizAspire.AppHost.Backends;

namespace QuizAspire.AppHost.Monitoring.Resources;

/// <summary>How many items a table has.</summary>
/// <param name="countsItems">
/// True where reading every item is free and the table's own count is not kept. In an account it is the other way about: the count that
/// DescribeTable gives there is up to six hours old.
/// </param>
internal sealed class TableReader(IAwsBackend aws, string table, bool countsItems, TimeProvider time) : IResourceReader
{
    public const string Items = "Items";

    // Counting reads the whole table, so a large one is counted the more rarely, for a fiftieth of the emulator's time at most.
    private const int PausesPerCount = 50;

    private Reading? _counted;
    private DateTimeOffset _countAgain;

    public async Task<Reading> ReadAsync(CancellationToken cancellation)
    {
        var name = await aws.ResolveAsync(table, cancellation);
        if (!countsItems)
            return Of((await aws.Clients.DynamoDb.DescribeTableAsync(name, cancellation)).Table.ItemCount ?? 0);
        if (_counted is not null && time.GetUtcNow() < _countAgain)
            return _counted;

        var began = time.GetTimestamp();
        _counted = null;
        _counted = Of(await CountAsync(name, cancellation));
        _countAgain = time.GetUtcNow() + PausesPerCount * time.GetElapsedTime(began);
        return _counted;
    }

    private async Task<long> CountAsync(string name, CancellationToken cancellation)
    {
        var items = 0L;
        Dictionary<string, AttributeValue>? from = null;
        do
        {
            var page = await aws.Clients.DynamoDb.ScanAsync(
                new ScanRequest { TableName = name, Select = Select.COUNT, ExclusiveStartKey = from }, cancellation);
            items += page.Count ?? 0;
            from = page.LastEvaluatedKey;
        }
        while (from is { Count: > 0 });
        return items;
    }

    private static Reading Of(long items) =>
        new(items == 1 ? "1 item" : string.Create(CultureInfo.InvariantCulture, $"{items:N0} items"), [(Items, items)]);
}
