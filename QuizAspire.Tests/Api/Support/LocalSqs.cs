using System.Globalization;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api.Support;

/// <summary>A fauxqs of the tests' own, which can be stopped and started again on the same port.</summary>
public sealed class LocalSqs : IAsyncLifetime
{
    private Emulator? _emulator;
    private int? _port;
    private int _queues;

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    public IAmazonSQS CreateClient() => new AmazonSQSClient(
        new BasicAWSCredentials("local", "local"),
        new AmazonSQSConfig { ServiceURL = Endpoint, AuthenticationRegion = "us-west-1", MaxErrorRetry = 0, Timeout = TimeSpan.FromSeconds(5) });

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
            Attributes = new()
            {
                ["FifoQueue"] = "true",
                ["ContentBasedDeduplication"] = "true",
                ["DeduplicationScope"] = "messageGroup",
                ["FifoThroughputLimit"] = "perMessageGroupId",
            },
        });
        return created.QueueUrl;
    }
}
