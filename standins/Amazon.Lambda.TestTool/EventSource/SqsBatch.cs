using System.Globalization;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;

namespace Amazon.Lambda.TestTool.EventSource;

/// <summary>
/// One batch on its way: invoke, settle, delete. What failed is left to its visibility timeout, as on AWS; nothing makes it visible earlier.
/// </summary>
internal sealed partial class SqsBatch(SqsEventSourceConfig config, SqsQueue queue, LambdaInvoker invoker, SqsEventSourceTimes times, ILogger logger)
{
    /// <summary>False: the whole batch failed.</summary>
    public async Task<bool> ProcessAsync(List<Message> messages, long receivedAt, CancellationToken finishing)
    {
        var answer = await InvokeAsync(messages, receivedAt, finishing);
        var settlement = answer.Outcome is InvokeOutcome.Succeeded or InvokeOutcome.Failed
            ? BatchSettlement.Decide([.. messages.Select(message => message.MessageId)], answer.Outcome == InvokeOutcome.Failed, answer.Payload)
            : new BatchSettlement([], "it was not invoked to its end");
        if (settlement.Complaint is { } complaint)
            LogFailed(config.FunctionName!, messages.Count, complaint, answer.Detail);
        if (times.Time.GetElapsedTime(receivedAt) > queue.VisibilityTimeout)
            LogTooLate(config.FunctionName!, queue.VisibilityTimeout.TotalSeconds);
        if (settlement.Succeeded.Count > 0 && !config.DisableMessageDelete)
            await DeleteAsync([.. messages.Where(message => settlement.Succeeded.Contains(message.MessageId))], receivedAt, finishing);
        var milliseconds = (long)times.Time.GetElapsedTime(receivedAt).TotalMilliseconds;
        LogSettled(config.FunctionName!, messages.Count, settlement.Succeeded.Count, milliseconds);
        return settlement.Complaint is null;
    }

    /// <summary>
    /// A call that never reached the function is made again until the messages are visible to others: that is how Lambda treats throttling.
    /// </summary>
    private async Task<InvokeAnswer> InvokeAsync(List<Message> messages, long receivedAt, CancellationToken finishing)
    {
        var payload = SqsEventJson.Write(messages, queue.Arn);
        var traceId = messages[0].Attributes?.GetValueOrDefault("AWSTraceHeader");
        var pause = new Backoff(times.FirstPause, times.LongestPause, times.Time);
        while (true)
        {
            var answer = await invoker.InvokeAsync(payload, traceId, finishing);
            if (answer.Outcome != InvokeOutcome.NotStarted || times.Time.GetElapsedTime(receivedAt) + times.LongestPause > queue.VisibilityTimeout)
                return answer;
            await pause.PauseAsync(finishing);
        }
    }

    private async Task DeleteAsync(List<Message> messages, long receivedAt, CancellationToken finishing)
    {
        var pause = new Backoff(times.FirstPause, times.LongestPause, times.Time);
        for (var left = messages; left.Count > 0; await pause.PauseAsync(finishing))
        {
            var reason = "";
            try
            {
                var failed = await queue.DeleteAsync(left, finishing);
                // The sender's fault is an expired handle: the message is another delivery's by now.
                foreach (var entry in failed.Where(entry => entry.SenderFault != false))
                    LogNotDeleted(1, entry.Code);
                left = [.. failed.Where(entry => entry.SenderFault == false)
                    .Select(entry => left[int.Parse(entry.Id, CultureInfo.InvariantCulture)])];
                if (left.Count == 0)
                    return;
                reason = "SQS failed";
            }
            catch (Exception e) when (!finishing.IsCancellationRequested)
            {
                reason = e.GetType().Name;
            }
            if (times.Time.GetElapsedTime(receivedAt) <= queue.VisibilityTimeout)
                continue;
            LogNotDeleted(left.Count, reason);
            return;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Function}: {Succeeded} of {Count} messages succeeded after {Milliseconds} ms")]
    private partial void LogSettled(string function, int count, int succeeded, long milliseconds);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Function}: a batch of {Count} failed because {Complaint} ({Detail}); it comes back after its visibility timeout")]
    private partial void LogFailed(string function, int count, string complaint, string? detail);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Function} took longer than the visibility timeout of {Seconds} s: its messages may be delivered again meanwhile")]
    private partial void LogTooLate(string function, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} processed messages could not be deleted ({Reason}) and may be delivered again")]
    private partial void LogNotDeleted(int count, string reason);
}
