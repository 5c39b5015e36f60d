using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using QuizAspire.Core.Results;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Tests.Support;

/// <summary>A dynalite of the tests' own, in memory, on a free loopback port, with fresh tables for whoever asks.</summary>
public sealed class LocalDynamo : IAsyncLifetime
{
    private Emulator? _dynalite;
    private int _tables;

    public string Endpoint { get; private set; } = "";

    public IAmazonDynamoDB Client { get; private set; } = null!;

    /// <summary>A client of this emulator through another address, a proxy's say.</summary>
    public static IAmazonDynamoDB ClientOf(string endpoint) => new AmazonDynamoDBClient(
        new BasicAWSCredentials("local", "local"),
        new AmazonDynamoDBConfig { ServiceURL = endpoint, AuthenticationRegion = "us-west-1", MaxErrorRetry = 0 });

    public Task<string> CreateResultsTableAsync() => CreateAsync(new CreateTableRequest
    {
        TableName = NextName(),
        BillingMode = BillingMode.PAY_PER_REQUEST,
        KeySchema = [new("student_id", KeyType.HASH), new("submission_timestamp", KeyType.RANGE)],
        AttributeDefinitions =
        [
            new("student_id", ScalarAttributeType.S), new("submission_timestamp", ScalarAttributeType.S),
            new(QuizShards.Attribute, ScalarAttributeType.S),
        ],
        GlobalSecondaryIndexes =
        [
            new()
            {
                IndexName = QuizScores.QuizIndex,
                KeySchema = [new(QuizShards.Attribute, KeyType.HASH), new("submission_timestamp", KeyType.RANGE)],
                Projection = new() { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = ["score"] },
            },
        ],
    });

    public Task<string> CreateQuizzesTableAsync() => CreateTableAsync("quiz_id", "version", ScalarAttributeType.N);

    public Task<string> CreateSubmissionsTableAsync() =>
        CreateTableAsync("student_id", "idempotency_key", ScalarAttributeType.S, "submission_id");

    public Task<string> CreateHealthStateTableAsync() => CreateTableAsync("check_id", null, ScalarAttributeType.S);

    public async Task<string> CreateStatisticsJobsTableAsync()
    {
        var request = new CreateTableRequest
        {
            TableName = NextName(),
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new("statistics_id", KeyType.HASH)],
            AttributeDefinitions =
            [
                new("statistics_id", ScalarAttributeType.S), new("listing", ScalarAttributeType.S), new("submitted_at", ScalarAttributeType.S),
            ],
            GlobalSecondaryIndexes =
            [
                new()
                {
                    IndexName = StatisticsJobStore.SubmittedIndex,
                    KeySchema = [new("listing", KeyType.HASH), new("submitted_at", KeyType.RANGE)],
                    Projection = new() { ProjectionType = ProjectionType.ALL },
                },
            ],
        };
        return await CreateAsync(request);
    }

    public async Task InitializeAsync()
    {
        _dynalite = await Emulator.StartAsync("dynalite");
        Endpoint = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_dynalite.Port}");
        Client = ClientOf(Endpoint);
    }

    public async Task DisposeAsync()
    {
        Client?.Dispose();
        if (_dynalite is not null)
            await _dynalite.DisposeAsync();
    }

    private async Task<string> CreateTableAsync(string partitionKey, string? sortKey, ScalarAttributeType sortKeyType, string? indexedBy = null)
    {
        var request = new CreateTableRequest
        {
            TableName = NextName(),
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new(partitionKey, KeyType.HASH)],
            AttributeDefinitions = [new(partitionKey, ScalarAttributeType.S)],
        };
        if (sortKey is not null)
        {
            request.KeySchema.Add(new(sortKey, KeyType.RANGE));
            request.AttributeDefinitions.Add(new(sortKey, sortKeyType));
        }

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

        return await CreateAsync(request);
    }

    private string NextName() => "table-" + Interlocked.Increment(ref _tables).ToString(CultureInfo.InvariantCulture);

    private async Task<string> CreateAsync(CreateTableRequest request)
    {
        var name = request.TableName;
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
