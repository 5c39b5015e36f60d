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

    // Well within the time that a reading has: one that were given up would be begun again at once, and never leave the emulator alone.
    private static readonly TimeSpan LongestCount = TimeSpan.FromSeconds(2);

    private Reading? _counted;
    private DateTimeOffset _countAgain;

    public async Task<Reading> ReadAsync(CancellationToken cancellation)
    {
        var name = await aws.ResolveAsync(table, cancellation);
        if (!countsItems)
            return Of((await aws.Clients.DynamoDb.DescribeTableAsync(name, cancellation)).Table.ItemCount ?? 0, isAll: true);
        if (_counted is not null && time.GetUtcNow() < _countAgain)
            return _counted;

        var began = time.GetTimestamp();
        _counted = null;
        var (items, isAll) = await CountAsync(name, began, cancellation);
        _counted = Of(items, isAll);
        _countAgain = time.GetUtcNow() + PausesPerCount * time.GetElapsedTime(began);
        return _counted;
    }

    private async Task<(long Items, bool IsAll)> CountAsync(string name, long began, CancellationToken cancellation)
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
        while (from is { Count: > 0 } && time.GetElapsedTime(began) < LongestCount);
        return (items, from is not { Count: > 0 });
    }

    private static Reading Of(long items, bool isAll) => new(
        string.Create(CultureInfo.InvariantCulture, $"{(isAll ? "" : "at least ")}{items:N0} item{(items == 1 ? "" : "s")}"), [(Items, items)]);
}
