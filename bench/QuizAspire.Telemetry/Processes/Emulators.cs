using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.Core.Submissions;

namespace QuizAspire.TelemetryBench.Processes;

/// <summary>The emulators of SQS and DynamoDB, in memory, with tables and a queue for each process that is measured.</summary>
internal sealed class Emulators : IAsyncDisposable
{
    private static readonly BasicAWSCredentials Credentials = new("local", "local");

    private readonly int _sqsPort = Repository.FreePort();
    private readonly int _dynamoPort = Repository.FreePort();
    private readonly List<Child> _children = [];
    private int _worlds;

    public AmazonDynamoDBClient DynamoDb => field ??=
        new(Credentials, new AmazonDynamoDBConfig { ServiceURL = Url(_dynamoPort), AuthenticationRegion = "us-west-1" });

    private AmazonSQSClient Sqs => field ??= new(Credentials, new AmazonSQSConfig { ServiceURL = Url(_sqsPort), AuthenticationRegion = "us-west-1" });

    public static async Task<Emulators> StartAsync()
    {
        var emulators = new Emulators();
        emulators.Start("fauxqs", emulators._sqsPort);
        emulators.Start("dynalite", emulators._dynamoPort);
        using var http = new HttpClient();
        await http.AnswersAsync($"{Url(emulators._sqsPort)}/health");
        await http.AnswersAsync($"{Url(emulators._dynamoPort)}/health");
        return emulators;
    }

    /// <summary>Variables of a process that has tables and a queue of its own.</summary>
    public async Task<Dictionary<string, string>> CreateWorldAsync()
    {
        var world = string.Create(CultureInfo.InvariantCulture, $"w{++_worlds}");
        await CreateAsync($"{world}-results", "student_id", "submission_timestamp");
        await CreateAsync($"{world}-quizzes", "quiz_id", "version", ScalarAttributeType.N);
        await CreateAsync($"{world}-submissions", "student_id", "idempotency_key", index: AcceptedSubmissionStore.SubmissionIdIndex);
        var queue = await Sqs.CreateQueueAsync(new CreateQueueRequest($"{world}.fifo")
        {
            Attributes = new() { ["FifoQueue"] = "true", ["DeduplicationScope"] = "messageGroup", ["FifoThroughputLimit"] = "perMessageGroupId" },
        });
        return new()
        {
            ["AWS_REGION"] = "us-west-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
            ["AWS_ENDPOINT_URL_DYNAMODB"] = Url(_dynamoPort),
            ["AWS_ENDPOINT_URL_SQS"] = Url(_sqsPort),
            ["AWS_ENDPOINT_URL_S3"] = Url(_sqsPort),
            ["AWS_ENDPOINT_URL_SNS"] = Url(_sqsPort),
            ["AWS__Resources__DynamodbTableName"] = $"{world}-results",
            ["AWS__Resources__QuizzesTableName"] = $"{world}-quizzes",
            ["AWS__Resources__SubmissionsTableName"] = $"{world}-submissions",
            ["AWS__Resources__StatisticsJobsTableName"] = "unused",
            ["AWS__Resources__RawScoresBucketName"] = "unused",
            ["AWS__Resources__StatisticsBucketName"] = "unused",
            ["AWS__Resources__SqsQueueUrl"] = queue.QueueUrl,
            ["AWS__Resources__DlqUrl"] = $"{queue.QueueUrl}-dlq",
            ["AWS__Resources__StatisticsRequestsQueueUrl"] = $"{queue.QueueUrl}-requests",
            ["AWS__Resources__StatisticsRequestsDlqUrl"] = $"{queue.QueueUrl}-requests-dlq",
            ["AWS__Resources__StatisticsCompletedQueueUrl"] = $"{queue.QueueUrl}-completed",
            ["AWS__Resources__StatisticsCompletedDlqUrl"] = $"{queue.QueueUrl}-completed-dlq",
        };
    }

    /// <summary>Nobody reads the queue that the API fills.</summary>
    public Task EmptyAsync(string queueUrl) => Sqs.PurgeQueueAsync(new PurgeQueueRequest { QueueUrl = queueUrl });

    public async ValueTask DisposeAsync()
    {
        DynamoDb.Dispose();
        Sqs.Dispose();
        foreach (var child in _children)
            await child.DisposeAsync();
    }

    private static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    private void Start(string launcher, int port) => _children.Add(Child.Start(
        Repository.Node(),
        ["--disable-warning=ExperimentalWarning", Path.Combine(Repository.Root, "tools", $"{launcher}.mjs")],
        new Dictionary<string, string>
        {
            ["EMULATOR_PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["EMULATOR_ACCOUNT_ID"] = "000000000000",
            ["AWS_REGION"] = "us-west-1",
            ["EMULATOR_ENDS_WITH_INPUT"] = "true",
        }).Muted());

    private async Task CreateAsync(string name, string key, string sortKey, ScalarAttributeType? sortKeyType = null, string? index = null)
    {
        var request = new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new(key, KeyType.HASH), new(sortKey, KeyType.RANGE)],
            AttributeDefinitions = [new(key, ScalarAttributeType.S), new(sortKey, sortKeyType ?? ScalarAttributeType.S)],
        };
        if (index is not null)
        {
            request.AttributeDefinitions.Add(new("submission_id", ScalarAttributeType.S));
            request.LocalSecondaryIndexes =
            [
                new()
                {
                    IndexName = index,
                    KeySchema = [new(key, KeyType.HASH), new("submission_id", KeyType.RANGE)],
                    Projection = new() { ProjectionType = ProjectionType.ALL },
                },
            ];
        }

        await DynamoDb.CreateTableAsync(request);
        while ((await DynamoDb.DescribeTableAsync(name)).Table.TableStatus != TableStatus.ACTIVE)
            await Task.Delay(TimeSpan.FromMilliseconds(20));
    }
}
