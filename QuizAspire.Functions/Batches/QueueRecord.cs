using System.Globalization;
using Amazon.Lambda.SQSEvents;

namespace QuizAspire.Functions.Batches;

/// <summary>A message of the batch, with what its handling depends on.</summary>
/// <param name="Group">The message group; the message's own id on a queue without groups, so that it is a group of its own.</param>
/// <param name="ReceiveCount">1 on the first delivery.</param>
/// <param name="SentAt">When the queue got it.</param>
internal sealed record QueueRecord(string MessageId, string Body, string Group, int ReceiveCount, DateTimeOffset SentAt)
{
    private static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

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
            DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(Number(message, index, "SentTimestamp"), LastMillisecond)));
    }

    private static long Number(SQSEvent.SQSMessage message, int index, string attribute) =>
        long.TryParse(message.Attributes?.GetValueOrDefault(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidEventException($"Records[{index}] has no attribute {attribute}");
}
