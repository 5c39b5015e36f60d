using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;
using QuizAspire.AppHost.Monitoring.Metrics;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Alarms;

/// <summary>Queues of the real fauxqs, measured.</summary>
public sealed class QueueMetricsTests(EmbeddedAws aws) : IClassFixture<EmbeddedAws>, IDisposable
{
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());
    private readonly HttpClient _http = new();
    private readonly LogLines _log = new();
    private readonly AmazonSQSClient _sqs = Client(aws.Addresses.SqsSnsS3);

    public void Dispose()
    {
        _sqs.Dispose();
        _http.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_are_counted_by_what_they_do_and_the_oldest_has_its_age(bool fifo)
    {
        var (name, url) = await QueueAsync(fifo);
        var source = Source(name, url);
        Assert.Equal((0, 0, 0, 0), await MeasureAsync(source));

        var sentFrom = TimeProvider.System.GetUtcNow();
        foreach (var number in Enumerable.Range(0, 3))
            await _sqs.SendMessageAsync(new SendMessageRequest(url, $"{number}")
            {
                MessageGroupId = fifo ? $"group {number}" : null,
                MessageDeduplicationId = fifo ? $"{number}" : null,
            });
        var sentTo = TimeProvider.System.GetUtcNow();
        await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { MaxNumberOfMessages = 1 });
        _time.Advance(TimeSpan.FromMinutes(2));

        var (visible, inFlight, delayed, age) = await MeasureAsync(source);
        Assert.Equal((2, 1, 0), (visible, inFlight, delayed));
        // The emulator has a clock of its own, and a busy machine takes its time to send. An age is in whole seconds.
        var now = _time.GetUtcNow();
        Assert.InRange(age!.Value, (now - sentTo).TotalSeconds - 1, (now - sentFrom).TotalSeconds + 1);
    }

    [Fact]
    public async Task Long_list_of_messages_is_asked_for_its_age_once_a_minute()
    {
        var (name, url) = await QueueAsync(fifo: false);
        foreach (var batch in Enumerable.Range(0, 210).Chunk(10))
            await _sqs.SendMessageBatchAsync(url, [.. batch.Select(number => new SendMessageBatchRequestEntry($"{number}", "body"))]);
        var source = Source(name, url);

        Assert.NotNull((await MeasureAsync(source)).Age);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null((await MeasureAsync(source)).Age);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.NotNull((await MeasureAsync(source)).Age);
    }

    [Fact]
    public async Task Outage_is_told_once_and_so_is_its_end()
    {
        var (name, url) = await QueueAsync(fifo: false);
        var store = new MetricStore(TimeSpan.FromHours(1));
        var missing = new QueueSource("not-there", _sqs, _ => ValueTask.FromResult(url + "-not-there"));
        var sampler = new MetricSampler([Source(name, url), missing], store, _time, _log);

        await sampler.SampleAsync(CancellationToken.None);
        await sampler.SampleAsync(CancellationToken.None);

        var line = Assert.Single(_log.Lines);
        Assert.Contains("queue not-there", line, StringComparison.Ordinal);
        Assert.DoesNotContain($"queue {name}", line, StringComparison.Ordinal);
        // The other queue's values are there all the same.
        var (depth, now) = (MetricId.Of("AWS/SQS", MetricCatalog.Visible, "QueueName", name), _time.GetUtcNow());
        Assert.Equal(2, store.Query(depth, "SampleCount", now, now.AddSeconds(1), TimeSpan.FromSeconds(1)).Single().Value);

        await _sqs.CreateQueueAsync(new CreateQueueRequest(url[(url.LastIndexOf('/') + 1)..] + "-not-there"));
        await sampler.SampleAsync(CancellationToken.None);
        await sampler.SampleAsync(CancellationToken.None);

        Assert.Equal(2, _log.Lines.Count());
        Assert.Contains("again from queue not-there", _log.Lines.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emulator_that_is_down_leaves_no_data_and_one_line()
    {
        using var nobody = Client($"http://127.0.0.1:{QuizAspire.AppHost.LocalPorts.Free()}");
        var store = new MetricStore(TimeSpan.FromHours(1));
        var source = new QueueSource("q", nobody, _ => ValueTask.FromResult($"{nobody.Config.ServiceURL}000000000000/q"));
        var sampler = new MetricSampler([source], store, _time, _log);

        for (var round = 0; round < 3; round++)
            await sampler.SampleAsync(CancellationToken.None);

        Assert.Single(_log.Lines);
    }

    private static AmazonSQSClient Client(string endpoint) => new(
        new BasicAWSCredentials("a", "b"), new AmazonSQSConfig { ServiceURL = endpoint, AuthenticationRegion = "us-west-1", MaxErrorRetry = 0 });

    private QueueSource Source(string name, string url) =>
        new(name, _sqs, _ => ValueTask.FromResult(url), new OldestMessage(_http, aws.Addresses.SqsSnsS3, name, _time));

    private async Task<(string Name, string Url)> QueueAsync(bool fifo)
    {
        var name = $"q-{Guid.NewGuid():N}{(fifo ? ".fifo" : "")}";
        var attributes = fifo ? new Dictionary<string, string> { ["FifoQueue"] = "true" } : [];
        return (name, (await _sqs.CreateQueueAsync(new CreateQueueRequest(name) { Attributes = attributes })).QueueUrl);
    }

    private static async Task<(double Visible, double InFlight, double Delayed, double? Age)> MeasureAsync(QueueSource source)
    {
        var values = (await source.MeasureAsync(CancellationToken.None)).ToDictionary(one => one.Metric.Name, one => one.Values.Sum);
        return (values[MetricCatalog.Visible], values[MetricCatalog.NotVisible], values[MetricCatalog.Delayed],
            values.TryGetValue(MetricCatalog.OldestAge, out var age) ? age : null);
    }
}
