using System.Globalization;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.Core.DeadLetters;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api.Support;

/// <summary>A fauxqs of the tests' own, SQS and S3, which can be stopped and started again on the same port.</summary>
public sealed class LocalSqs : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Fifo = new()
    {
        ["FifoQueue"] = "true",
        ["ContentBasedDeduplication"] = "true",
        ["DeduplicationScope"] = "messageGroup",
        ["FifoThroughputLimit"] = "perMessageGroupId",
    };

    private Emulator? _emulator;
    private int? _port;
    private int _queues;
    private int _buckets;

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    public IAmazonSQS CreateClient() => new AmazonSQSClient(
        new BasicAWSCredentials("local", "local"),
        new AmazonSQSConfig { ServiceURL = Endpoint, AuthenticationRegion = "us-west-1", MaxErrorRetry = 0, Timeout = TimeSpan.FromSeconds(5) });

    internal WatchedS3 CreateS3Client() => new(Endpoint);

    public async Task<string> CreateBucketAsync()
    {
        var name = $"bucket-{Interlocked.Increment(ref _buckets)}";
        using var s3 = CreateS3Client();
        await s3.PutBucketAsync(name);
        return name;
    }

    public Task InitializeAsync() => StartAsync();

    public Task DisposeAsync() => StopAsync();

    /// <summary>Starts it, empty: its data is in memory.</summary>
    public async Task StartAsync()
    {
        _emulator = await Emulator.StartAsync("fauxqs", port: _port);
        _port = _emulator.Port;
    }

    public async Task StopAsync()
    {
        if (_emulator is { } emulator)
            await emulator.DisposeAsync();
    }

    /// <returns>The URL of a new queue with the stack's attributes, under a name that no other test has unless it asks for it.</returns>
    public async Task<string> CreateQueueAsync(string? name = null)
    {
        using var sqs = CreateClient();
        var created = await sqs.CreateQueueAsync(new CreateQueueRequest(name ?? $"submissions-{Interlocked.Increment(ref _queues)}.fifo")
        {
            Attributes = new(Fifo),
        });
        return created.QueueUrl;
    }

    /// <returns>A new dead-letter queue, and the queue whose messages end there.</returns>
    internal async Task<DeadLetterQueue> CreateDeadLetterQueueAsync(bool isFifo = true, int maxReceiveCount = 1)
    {
        using var sqs = CreateClient();
        var (name, ending) = ($"q{Interlocked.Increment(ref _queues)}", isFifo ? ".fifo" : "");
        Dictionary<string, string> attributes = isFifo ? new(Fifo) : [];
        var dead = (await sqs.CreateQueueAsync(new CreateQueueRequest($"{name}-dlq{ending}") { Attributes = attributes })).QueueUrl;
        var arn = (await sqs.GetQueueAttributesAsync(dead, ["QueueArn"])).Attributes["QueueArn"];
        var source = (await sqs.CreateQueueAsync(new CreateQueueRequest($"{name}{ending}")
        {
            Attributes = new(attributes) { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":{{maxReceiveCount}}}""" },
        })).QueueUrl;
        return DeadLetterQueue.Of(dead, source);
    }
}
