using Amazon.Lambda.TestTool.EventSource;
using Microsoft.Extensions.Logging;
using Standins.Tests.Sqs;

namespace Standins.Tests.Lambda;

/// <summary>An event source in this process, between a queue of fauxqs and a function of an emulator.</summary>
internal sealed class PollingSource : IAsyncDisposable
{
    private static readonly SqsEventSourceTimes Fast = new()
    {
        FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromMilliseconds(200), StopGrace = TimeSpan.FromSeconds(5)
    };

    private readonly CancellationTokenSource _stopping = new();
    private readonly SqsQueue _queue;
    private readonly LambdaInvoker _invoker;
    private readonly ILoggerFactory _loggers;
    private readonly Task _running;

    private PollingSource(SqsEventSourceConfig config, string sqsUrl)
    {
        Log = new LogLines();
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(Log));
        _queue = new SqsQueue(SqsClients.For(sqsUrl), config);
        _invoker = new LambdaInvoker(config.LambdaRuntimeApi!, config.FunctionName!);
        _running = Task.Run(() => new SqsEventSource(config, _queue, _invoker, Fast, _loggers.CreateLogger("source")).RunAsync(_stopping.Token));
    }

    public LogLines Log { get; }

    public static PollingSource Start(
        string sqsUrl, string queueUrl, string lambdaUrl, int concurrency = 1, int batchSize = 10, string function = "f") => new(
        new SqsEventSourceConfig { QueueUrl = queueUrl, FunctionName = function, LambdaRuntimeApi = lambdaUrl,
            MaximumConcurrency = concurrency, BatchSize = batchSize },
        sqsUrl);

    /// <summary>Stops polling, and ends with the batches in flight.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _invoker.Dispose();
        _queue.Dispose();
        _loggers.Dispose();
        _stopping.Dispose();
    }
}
