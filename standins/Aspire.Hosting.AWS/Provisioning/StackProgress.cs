using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.AWS.Provisioning;

/// <summary>Writes what happens to a stack into the resource's log, each event once and in order, with CloudFormation's reasons.</summary>
internal sealed partial class StackProgress(IAmazonCloudFormation client, string stack, ILogger logger)
{
    private string? _last;

    /// <summary>The cause of a failed stack; what failed after it was mostly cancelled because of it.</summary>
    public string? FirstFailure { get; private set; }

    /// <summary>Takes what has happened so far as known.</summary>
    public async Task<bool> SkipAsync(CancellationToken cancellationToken)
    {
        var page = await PageAsync(null, cancellationToken).ConfigureAwait(false);
        _last = page.StackEvents?.FirstOrDefault()?.EventId;
        return _last is not null;
    }

    /// <returns>How many events were new.</returns>
    public async Task<int> LogNewAsync(CancellationToken cancellationToken)
    {
        var events = await NewAsync(cancellationToken).ConfigureAwait(false);
        foreach (var happened in Enumerable.Reverse(events))
        {
            var status = happened.ResourceStatus?.Value ?? "";
            var failed = status.EndsWith("_FAILED", StringComparison.Ordinal);
            if (happened.ResourceStatusReason is { Length: > 0 } reason)
            {
                LogEventAndReason(logger, failed ? LogLevel.Error : LogLevel.Information,
                    happened.LogicalResourceId, happened.ResourceType, status, reason);
                if (failed)
                    FirstFailure ??= $"{happened.LogicalResourceId}: {reason}";
            }
            else
            {
                LogEvent(logger, failed ? LogLevel.Error : LogLevel.Information, happened.LogicalResourceId, happened.ResourceType, status);
            }
        }
        _last = events.FirstOrDefault()?.EventId ?? _last;
        return events.Count;
    }

    /// <summary>The latest first, as CloudFormation lists them.</summary>
    private async Task<List<StackEvent>> NewAsync(CancellationToken cancellationToken)
    {
        var events = new List<StackEvent>();
        string? next = null;
        do
        {
            var page = await PageAsync(next, cancellationToken).ConfigureAwait(false);
            foreach (var happened in page.StackEvents ?? [])
            {
                if (happened.EventId == _last)
                    return events;
                events.Add(happened);
            }
            next = page.NextToken;
        }
        while (next is { Length: > 0 });
        return events;
    }

    private Task<DescribeStackEventsResponse> PageAsync(string? next, CancellationToken cancellationToken) =>
        client.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = stack, NextToken = next }, cancellationToken);

    [LoggerMessage(Message = "{Resource} ({Type}): {Status}")]
    private static partial void LogEvent(ILogger logger, LogLevel level, string resource, string type, string status);

    [LoggerMessage(Message = "{Resource} ({Type}): {Status}: {Reason}")]
    private static partial void LogEventAndReason(ILogger logger, LogLevel level, string resource, string type, string status, string reason);
}
