using System.Diagnostics;
using System.Globalization;
using Amazon.Lambda.SQSEvents;
using QuizAspire.Core.Submissions;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.Functions.Batches;

/// <summary>A message of the batch, with what its handling depends on.</summary>
/// <param name="Group">The message group; the message's own id on a queue without groups, so that it is a group of its own.</param>
/// <param name="ReceiveCount">1 on the first delivery.</param>
/// <param name="SentAt">When the queue got it, which redrive changes as it changes the message's id.</param>
/// <param name="DeduplicationId">Null on a queue without.</param>
/// <param name="StatedOrigin">
/// What the message itself tells of the sending that it stems from; null unless it was redriven by sending it anew.
/// </param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Sender">The span that sent it; null when it tells none that makes sense.</param>
internal sealed record QueueRecord(
    string MessageId, string Body, string Group, int ReceiveCount, DateTimeOffset SentAt, string? DeduplicationId = null,
    MessageOrigin? StatedOrigin = null, string Queue = QueueRecord.UnknownQueue, ActivityContext? Sender = null)
{
    public const string UnknownQueue = "unknown";

    private static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public MessageLife Life => new(Group, Body, MessageId, DeduplicationId, SentAt, StatedOrigin);

    /// <exception cref="InvalidEventException">It is not a message of SQS.</exception>
    public static QueueRecord From(SQSEvent.SQSMessage? message, int index)
    {
        if (message?.MessageId is not { Length: > 0 } id)
            throw new InvalidEventException($"Records[{index}] has no messageId");

        return new QueueRecord(
            id,
            message.Body ?? "",
            message.Attributes?.GetValueOrDefault("MessageGroupId") is { Length: > 0 } group ? group : id,
            (int)Math.Min(Number(message, index, "ApproximateReceiveCount"), int.MaxValue),
            DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(Number(message, index, "SentTimestamp"), LastMillisecond)),
            message.Attributes?.GetValueOrDefault("MessageDeduplicationId") is { Length: > 0 } deduplicationId ? deduplicationId : null,
            MessageOrigin.FromAttribute(message.MessageAttributes?.GetValueOrDefault(MessageOrigin.AttributeName)?.StringValue),
            QueueOf(message),
            SenderOf(message));
    }

    private static string QueueOf(SQSEvent.SQSMessage message) => message.EventSourceArn is { Length: > 0 } arn
        ? arn[(arn.LastIndexOf(':') + 1)..]
        : UnknownQueue;

    private static ActivityContext? SenderOf(SQSEvent.SQSMessage message) => TraceCarrier.Extract(
        name => message.MessageAttributes?.GetValueOrDefault(name)?.StringValue,
        message.Attributes?.GetValueOrDefault(TraceCarrier.AwsTraceHeader));

    private static long Number(SQSEvent.SQSMessage message, int index, string attribute) =>
        long.TryParse(message.Attributes?.GetValueOrDefault(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidEventException($"Records[{index}] has no attribute {attribute}");
}
