using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Storage;
using QuizAspire.Core.Statistics.Summary;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Functions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Statistics.Functions;

/// <summary>Both statistics functions' surroundings for one test: buckets, a queue, a topic with an inbox and a table, each behind a proxy.</summary>
internal sealed class StatisticsRig : IAsyncDisposable
{
    public const int MaxReceiveCount = 5;
    public const string ApiUrl = "http://127.0.0.1:5080";
    public const string Sheet = "Quiz1,85,76,90\nQuiz2,78,88,85\nQuiz3,92,90,87\n";

    private static readonly BasicAWSCredentials Credentials = new("local", "local");
    private static int s_rigs;

    private readonly LocalSqs _emulator;
    private readonly AmazonS3Client _s3;
    private readonly IAmazonSQS _sqs;
    private readonly List<FunctionProcess> _functions = [];
    private readonly string _name = Interlocked.Increment(ref s_rigs).ToString(CultureInfo.InvariantCulture);
    private string _completedUrl = "";
    private string _inboxUrl = "";

    private StatisticsRig(LocalSqs emulator, LocalDynamo dynamo, string table)
    {
        _emulator = emulator;
        _sqs = emulator.CreateClient();
        _s3 = CreateS3Client(emulator.Endpoint);
        Table = table;
        Jobs = new StatisticsJobStore(dynamo.Client, table, TimeProvider.System);
        Reports = new StatisticsReports(_s3, StatisticsBucket);
    }

    public string RawBucket => $"raw-scores-{_name}";

    public string StatisticsBucket => $"statistics-{_name}";

    public string Table { get; }

    public StatisticsJobStore Jobs { get; }

    public StatisticsReports Reports { get; }

    public required RuntimeApiServer Calculator { get; init; }

    public required RuntimeApiServer Notifier { get; init; }

    public required AwsProxy Sqs { get; init; }

    public required AwsProxy Sns { get; init; }

    public required AwsProxy Dynamo { get; init; }

    public required S3Proxy S3 { get; init; }

    public Dictionary<string, string> Environment { get; private set; } = [];

    public static async Task<StatisticsRig> CreateAsync(LocalSqs emulator, LocalDynamo dynamo)
    {
        var rig = new StatisticsRig(emulator, dynamo, await dynamo.CreateStatisticsJobsTableAsync())
        {
            Calculator = await RuntimeApiServer.StartAsync(),
            Notifier = await RuntimeApiServer.StartAsync(),
            Sqs = await AwsProxy.StartAsync(emulator.Endpoint),
            Sns = await AwsProxy.StartAsync(emulator.Endpoint),
            Dynamo = await AwsProxy.StartAsync(dynamo.Endpoint),
            S3 = await S3Proxy.StartAsync(emulator.Endpoint),
        };
        await rig.CreateResourcesAsync();
        return rig;
    }

    public static AmazonS3Client CreateS3Client(string endpoint) => new(
        Credentials, new AmazonS3Config { ServiceURL = endpoint, AuthenticationRegion = "us-west-1", ForcePathStyle = true, MaxErrorRetry = 0 });

    public FunctionProcess StartCalculator(string? assembly = null) => Start("statistics-calculator", Calculator, assembly);

    public FunctionProcess StartNotifier() => Start("result-notifier", Notifier, null);

    /// <summary>Puts a sheet, and gives the message that asks for its statistics.</summary>
    public async Task<Delivery> AddSheetAsync(string csv = Sheet)
    {
        var job = NewJob();
        await PutSheetAsync(job.ObjectKey, csv);
        return DeliveryOf(job);
    }

    public static StatisticsJob NewJob()
    {
        var key = $"raw/2026/11/22/{Guid.NewGuid():N}.csv";
        return new StatisticsJob(StatisticsId.Create(Delivery.SentAt, "", key), StatisticsSource.Csv, null, key, Delivery.SentAt);
    }

    public static Delivery DeliveryOf(StatisticsJob job) => new("", job.ToMessage().ToJson());

    public static Delivery DeliveryOf(string statisticsId) => new("", new StatisticsCompletedMessage(statisticsId).ToJson());

    public static string IdOf(Delivery delivery) => Json.Of(delivery.Body).GetProperty("statistics_id").GetString()!;

    public Task PutSheetAsync(string key, string csv) => _s3.PutObjectAsync(
        new PutObjectRequest { BucketName = RawBucket, Key = key, InputStream = new MemoryStream(Encoding.UTF8.GetBytes(csv)) });

    /// <summary>Puts a sheet of any size, in parts, and gives the message that asks for its statistics.</summary>
    public async Task<Delivery> AddLargeSheetAsync(byte[] csv)
    {
        // The emulator takes 11 MiB in one request.
        const int partSize = 8 << 20;
        var job = NewJob();
        var upload = await _s3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = RawBucket, Key = job.ObjectKey });
        var parts = new List<PartETag>();
        for (var at = 0; at < csv.Length; at += partSize)
        {
            using var part = new MemoryStream(csv, at, Math.Min(partSize, csv.Length - at));
            var answer = await _s3.UploadPartAsync(new UploadPartRequest
            {
                BucketName = RawBucket, Key = job.ObjectKey, UploadId = upload.UploadId, PartNumber = parts.Count + 1, InputStream = part,
            });
            parts.Add(new PartETag(parts.Count + 1, answer.ETag));
        }

        await _s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = RawBucket, Key = job.ObjectKey, UploadId = upload.UploadId, PartETags = parts,
        });
        return DeliveryOf(job);
    }

    /// <summary>Has the calculator handle a batch, and returns the message ids that come back.</summary>
    public async Task<IReadOnlyList<string>> CalculateAsync(Delivery delivery, TimeSpan? timeout = null) =>
        (await Calculator.Invoke(SqsEvents.Of(delivery), timeout).Answer).Failures;

    /// <summary>Has the notifier handle a batch, and returns the message ids that come back.</summary>
    public async Task<IReadOnlyList<string>> NotifyAsync(IEnumerable<Delivery> deliveries, TimeSpan? timeout = null) =>
        (await Notifier.Invoke(SqsEvents.Of(deliveries), timeout).Answer).Failures;

    public Task<IReadOnlyList<string>> NotifyAsync(params Delivery[] deliveries) => NotifyAsync(deliveries, timeout: null);

    /// <summary>A job whose statistics are written, and the message that says so.</summary>
    public async Task<Delivery> AddStatisticsAsync(StatisticsReport report)
    {
        await Reports.PutAsync(report, default);
        await Jobs.AddQueuedAsync(NewJob() with { StatisticsId = report.StatisticsId }, default);
        await Jobs.FinishAsync(report.StatisticsId, new StatisticsJobResult(null, 0, 0, 0), default);
        return DeliveryOf(report.StatisticsId);
    }

    public async Task<StatisticsJob> JobAsync(Delivery delivery) =>
        Assert.IsType<StatisticsJob>(await Jobs.FindAsync(IdOf(delivery), default));

    /// <summary>The messages that wait in the second queue, as the notifier gets them. They are taken out.</summary>
    public async Task<IReadOnlyList<Delivery>> CompletedAsync() =>
    [
        .. (await DrainAsync(_completedUrl)).Select(message => new Delivery("", message.Body)
        {
            Attributes = message.MessageAttributes?.ToDictionary(one => one.Key, one => one.Value.StringValue) ?? [],
            AwsTraceHeader = message.Attributes?.GetValueOrDefault("AWSTraceHeader"),
        }),
    ];

    /// <summary>What was told since it was asked last.</summary>
    public async Task<IReadOnlyList<(string Subject, string Message)>> InboxAsync() =>
    [
        .. (await EnvelopesAsync()).Select(envelope => (envelope.GetProperty("Subject").GetString()!, envelope.GetProperty("Message").GetString()!)),
    ];

    /// <inheritdoc cref="InboxAsync"/>
    public async Task<IReadOnlyList<JsonElement>> EnvelopesAsync() => [.. (await DrainAsync(_inboxUrl)).Select(message => Json.Of(message.Body))];

    public async Task<int> StatisticsObjectsAsync() =>
        (await _s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = StatisticsBucket })).S3Objects?.Count ?? 0;

    public async ValueTask DisposeAsync()
    {
        foreach (var function in _functions)
            await function.DisposeAsync();
        await Calculator.DisposeAsync();
        await Notifier.DisposeAsync();
        await Sqs.DisposeAsync();
        await Sns.DisposeAsync();
        await Dynamo.DisposeAsync();
        await S3.DisposeAsync();
        _s3.Dispose();
        _sqs.Dispose();
    }

    private FunctionProcess Start(string name, RuntimeApiServer runtime, string? assembly)
    {
        var function = FunctionProcess.Start(
            new Dictionary<string, string>(Environment) { ["QUIZASPIRE_FUNCTION"] = name, ["AWS_LAMBDA_RUNTIME_API"] = runtime.Address },
            assembly: assembly);
        _functions.Add(function);
        return function;
    }

    private async Task CreateResourcesAsync()
    {
        await _s3.PutBucketAsync(RawBucket);
        await _s3.PutBucketAsync(StatisticsBucket);
        _completedUrl = (await _sqs.CreateQueueAsync(new CreateQueueRequest($"statistics-completed-{_name}"))).QueueUrl;
        _inboxUrl = (await _sqs.CreateQueueAsync(new CreateQueueRequest($"statistics-inbox-{_name}"))).QueueUrl;
        using var sns = new AmazonSimpleNotificationServiceClient(
            Credentials,
            new AmazonSimpleNotificationServiceConfig { ServiceURL = _emulator.Endpoint, AuthenticationRegion = "us-west-1" });
        var topic = (await sns.CreateTopicAsync($"quiz-statistics-{_name}")).TopicArn;
        var inbox = await _sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest(_inboxUrl, [QueueAttributeName.QueueArn]));
        await sns.SubscribeAsync(topic, "sqs", inbox.Attributes["QueueArn"]);
        Environment = new()
        {
            ["AWS_REGION"] = "us-west-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
            ["AWS_ENDPOINT_URL_SQS"] = Sqs.Endpoint,
            ["AWS_ENDPOINT_URL_SNS"] = Sns.Endpoint,
            ["AWS_ENDPOINT_URL_S3"] = S3.Endpoint,
            ["AWS_ENDPOINT_URL_DYNAMODB"] = Dynamo.Endpoint,
            ["QUIZASPIRE_MAX_RECEIVE_COUNT"] = $"{MaxReceiveCount}",
            ["QUIZASPIRE_API_URL"] = ApiUrl,
            ["AWS__Resources__RawScoresBucketName"] = RawBucket,
            ["AWS__Resources__StatisticsBucketName"] = StatisticsBucket,
            // The SDK may call a queue at its URL's host, so that is the proxy's too.
            ["AWS__Resources__StatisticsCompletedQueueUrl"] = Sqs.Endpoint + new Uri(_completedUrl).AbsolutePath,
            ["AWS__Resources__StatisticsTopicArn"] = topic,
            ["AWS__Resources__StatisticsJobsTableName"] = Table,
        };
    }

    private async Task<IReadOnlyList<Message>> DrainAsync(string queueUrl)
    {
        var request = new ReceiveMessageRequest(queueUrl)
        {
            MaxNumberOfMessages = 1, MessageAttributeNames = ["All"], MessageSystemAttributeNames = ["All"],
        };
        var messages = new List<Message>();
        while ((await _sqs.ReceiveMessageAsync(request)).Messages is [var message])
        {
            await _sqs.DeleteMessageAsync(queueUrl, message.ReceiptHandle);
            messages.Add(message);
        }

        return messages;
    }
}
