using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;

namespace Amazon.Lambda.TestTool.EventSource;

/// <summary>
/// Lambda's poller of an SQS queue. Several batches may be in flight; SQS itself keeps a message group to one of them.
/// It outlives whatever is missing: queue, SQS, emulator, function.
/// </summary>
internal sealed partial class SqsEventSource(
    SqsEventSourceConfig config, SqsQueue queue, LambdaInvoker invoker, SqsEventSourceTimes times, ILogger logger)
{
    private const string Ready = "ready";

    private readonly SemaphoreSlim _slots = new(config.MaximumConcurrency);
    private readonly Backoff _obstacles = new(times.FirstPause, times.LongestPause, times.Time);
    private readonly Backoff _failures = new(times.FirstPause, times.LongestPause, times.Time);
    private readonly SqsBatch _batch = new(config, queue, invoker, times, logger);
    private string? _state;
    private volatile bool _functionFails;

    public static async Task RunAsync(SqsEventSourceConfig config, CancellationToken stopping)
    {
        using var loggers = LoggerFactory.Create(ToolLogging.Configure);
        using var queue = SqsQueue.Connect(config);
        var runtimeApi = config.LambdaRuntimeApi
            ?? throw new ArgumentException("The SQS event source needs LambdaRuntimeApi, or an emulator in the same process");
        using var invoker = new LambdaInvoker(runtimeApi, config.FunctionName!);
        await new SqsEventSource(config, queue, invoker, new SqsEventSourceTimes(), loggers.CreateLogger("SQSEventSource")).RunAsync(stopping);
    }

    /// <summary>Polls until stopped, then lets the batches in flight end within <see cref="SqsEventSourceTimes.StopGrace"/>.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var finishing = new CancellationTokenSource(Timeout.InfiniteTimeSpan, times.Time);
        await using var registration = stopping.UnsafeRegister(_ => finishing.CancelAfter(times.StopGrace), null);
        try
        {
            while (true)
                await PollAsync(stopping, finishing.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        for (var slot = 0; slot < config.MaximumConcurrency; slot++)
            await _slots.WaitAsync(CancellationToken.None);
    }

    private async Task PollAsync(CancellationToken stopping, CancellationToken finishing)
    {
        await _slots.WaitAsync(stopping);
        var isHandedOver = false;
        try
        {
            if (_functionFails)
                await _failures.PauseAsync(stopping);
            if (await PrepareAsync(stopping) && await queue.ReceiveAsync(stopping) is { Count: > 0 } messages)
            {
                isHandedOver = true;
                _ = ProcessAsync(messages, times.Time.GetTimestamp(), finishing);
            }
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            await WaitAsync(e is QueueDoesNotExistException ? "the queue does not exist" : $"SQS does not answer ({e.GetType().Name})", stopping);
        }
        finally
        {
            if (!isHandedOver)
                _slots.Release();
        }
    }

    /// <summary>False: the function cannot take a batch now.</summary>
    private async Task<bool> PrepareAsync(CancellationToken stopping)
    {
        if (await invoker.WhyNotReadyAsync(stopping) is { } reason)
        {
            await WaitAsync(reason, stopping);
            return false;
        }
        if (_state == Ready)
            return true;
        // The queue that is back may have been made anew, with other attributes.
        await queue.DescribeAsync(stopping);
        LogPolling(queue.Arn, config.FunctionName!, config.BatchSize, config.MaximumConcurrency);
        _state = Ready;
        _obstacles.Reset();
        return true;
    }

    private async Task WaitAsync(string obstacle, CancellationToken stopping)
    {
        if (_state != obstacle)
            LogWaiting(config.FunctionName!, obstacle);
        _state = obstacle;
        await _obstacles.PauseAsync(stopping);
    }

    private async Task ProcessAsync(List<Message> messages, long receivedAt, CancellationToken finishing)
    {
        try
        {
            _functionFails = !await _batch.ProcessAsync(messages, receivedAt, finishing);
            if (!_functionFails)
                _failures.Reset();
        }
        catch (OperationCanceledException) when (finishing.IsCancellationRequested)
        {
            LogAbandoned(messages.Count);
        }
        catch (Exception e)
        {
            LogUnexpected(e);
        }
        finally
        {
            _slots.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Polling {Queue} for {Function}: up to {BatchSize} messages in a batch, {Concurrency} batches at once")]
    private partial void LogPolling(string queue, string function, int batchSize, int concurrency);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing is polled for {Function} while {Obstacle}")]
    private partial void LogWaiting(string function, string obstacle);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Stopped with a batch of {Count} in flight; its messages come back after their visibility timeout")]
    private partial void LogAbandoned(int count);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "A batch failed in the event source itself; its messages come back after their visibility timeout")]
    private partial void LogUnexpected(Exception exception);
}
