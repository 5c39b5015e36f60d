using System.Diagnostics;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using QuizAspire.ServiceDefaults.Telemetry;

namespace QuizAspire.Functions.Telemetry;

/// <summary>What every invocation of every function has around it: a span, the conventions' numbers, a log, and all of it sent before the answer.</summary>
/// <param name="function">The function's name in the template.</param>
/// <param name="process">Null where nothing is sent.</param>
internal sealed class FunctionTelemetry(string function, string trigger, FunctionMetrics metrics, TimeProvider time, ProcessTelemetry? process = null)
{
    /// <summary>What a collector may delay an answer by. Lambda freezes the process once it is given, so there is no sending later.</summary>
    public static readonly TimeSpan FlushLimit = TimeSpan.FromMilliseconds(50);

    /// <summary>How long what one invocation has gathered may wait for the next one's, where that is expected at once.</summary>
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);

    private readonly ILogger? _log = process?.Logs.CreateLogger("QuizAspire.Functions");
    private TimeSpan _initDuration;
    private bool _warm;
    private bool _expectsMore;
    private long? _flushed;

    public FunctionMetrics Metrics => metrics;

    /// <summary>Notes that the first invocation may come.</summary>
    public void Initialized()
    {
        using var self = Process.GetCurrentProcess();
        _initDuration = time.GetUtcNow() - self.StartTime;
    }

    /// <summary>
    /// Notes that the next invocation will follow this one at once. While it does so, what is gathered is sent once a second rather than each time: an
    /// export costs more than all the spans in it, and a tenth of what the scoring of a full batch does.
    /// </summary>
    public void ExpectMore() => _expectsMore = true;

    /// <summary>Runs one invocation. What it throws it throws from here, once it is recorded.</summary>
    public async Task<T> InvokeAsync<T>(ILambdaContext context, Func<Activity?, ILogger, Task<T>> handle)
    {
        var started = time.GetTimestamp();
        var span = FunctionSpans.StartInvocation(function, trigger, context);
        MarkStart(span);
        string? errorType = null;
        try
        {
            return await handle(span, new FunctionLog(context.Logger, _log));
        }
        catch (Exception exception)
        {
            errorType = exception.GetType().FullName;
            span?.Fail(errorType!);
            throw;
        }
        finally
        {
            span?.Stop();
            metrics.Invoked(time.GetElapsedTime(started), trigger, failed: errorType is not null);
            await FlushAsync();
        }
    }

    private async Task FlushAsync()
    {
        var mayWait = _expectsMore && _flushed is { } flushed && time.GetElapsedTime(flushed) < FlushInterval;
        _expectsMore = false;
        if (process is null || mayWait)
            return;

        _flushed = time.GetTimestamp();
        await process.FlushAsync(FlushLimit);
    }

    private void MarkStart(Activity? span)
    {
        span?.SetTag("faas.coldstart", !_warm);
        if (_warm)
            return;

        _warm = true;
        span?.SetTag("quizaspire.init_duration", _initDuration.TotalSeconds);
        metrics.ColdStarted(_initDuration, trigger);
    }
}
