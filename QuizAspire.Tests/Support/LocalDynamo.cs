using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Tests.Support;

/// <summary>A dynalite of the tests' own, in memory, on a free loopback port, with fresh tables for whoever asks.</summary>
public sealed class LocalDynamo : IAsyncLifetime
{
    // It prints the port that the system chose, and ends with its standard input, so it never outlives the tests.
    private const string Launcher = """
        const server = require('dynalite')({ createTableMs: 0 })
        server.listen(0, '127.0.0.1', () => console.log(server.address().port))
        process.stdin.on('end', () => process.exit()).resume()
        """;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private Process? _process;
    private int _tables;

    public string Endpoint { get; private set; } = "";

    public IAmazonDynamoDB Client { get; private set; } = null!;

    /// <summary>A client of this emulator through another address, a proxy's say.</summary>
    public static IAmazonDynamoDB ClientOf(string endpoint) => new AmazonDynamoDBClient(
        new BasicAWSCredentials("local", "local"),
        new AmazonDynamoDBConfig { ServiceURL = endpoint, AuthenticationRegion = "us-west-1", MaxErrorRetry = 0 });

    public Task<string> CreateResultsTableAsync() => CreateTableAsync("student_id", "submission_timestamp", ScalarAttributeType.S);

    public Task<string> CreateQuizzesTableAsync() => CreateTableAsync("quiz_id", "version", ScalarAttributeType.N);

    public Task<string> CreateSubmissionsTableAsync() =>
        CreateTableAsync("student_id", "idempotency_key", ScalarAttributeType.S, "submission_id");

    public async Task InitializeAsync()
    {
        _process = Process.Start(new ProcessStartInfo("node", ["-e", Launcher])
        {
            WorkingDirectory = Repository.Tools,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var deadline = new CancellationTokenSource(StartTimeout);
        var port = await _process.StandardOutput.ReadLineAsync(deadline.Token)
            ?? throw new InvalidOperationException("dynalite ended before it listened; are the tools installed (dotnet build QuizAspire.AppHost)?");
        Endpoint = $"http://127.0.0.1:{port}";
        Client = ClientOf(Endpoint);
    }

    public async Task DisposeAsync()
    {
        Client?.Dispose();
        if (_process is null)
            return;

        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> CreateTableAsync(string partitionKey, string sortKey, ScalarAttributeType sortKeyType, string? indexedBy = null)
    {
        var name = "table-" + Interlocked.Increment(ref _tables).ToString(CultureInfo.InvariantCulture);
        var request = new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new(partitionKey, KeyType.HASH), new(sortKey, KeyType.RANGE)],
            AttributeDefinitions = [new(partitionKey, ScalarAttributeType.S), new(sortKey, sortKeyType)],
        };
        if (indexedBy is not null)
        {
            request.AttributeDefinitions.Add(new(indexedBy, ScalarAttributeType.S));
            request.LocalSecondaryIndexes =
            [
                new()
                {
                    IndexName = AcceptedSubmissionStore.SubmissionIdIndex,
                    KeySchema = [new(partitionKey, KeyType.HASH), new(indexedBy, KeyType.RANGE)],
                    Projection = new() { ProjectionType = ProjectionType.ALL },
                },
            ];
        }

        await Client.CreateTableAsync(request);
        await Eventually.BecomesTrueAsync(
            async () => (await Client.DescribeTableAsync(name)).Table.TableStatus == TableStatus.ACTIVE, $"table {name} active");
        return name;
    }
}

[CollectionDefinition(Name)]
public sealed class UsesDynamo : ICollectionFixture<LocalDynamo>
{
    public const string Name = "DynamoDB";
}
