using QuizAspire.Core.Submissions;

namespace QuizAspire.Tests.Functions;

/// <summary>What a redrive makes of a message that was received for the last time.</summary>
public enum RedriveKind
{
    /// <summary>
    /// SQS's message move task: a new id and a new time. The deduplication id became the message's id when it was moved to the dead-letter
    /// queue, and stays.
    /// </summary>
    MoveTask,

    /// <summary>Sent anew with its origin in an attribute, as the API does for chosen messages and where there are no move tasks.</summary>
    SentAnew,

    /// <summary>Sent anew without room for the attribute.</summary>
    SentAnewWithoutRoom,

    /// <summary>Some emulators' move task: everything as it was.</summary>
    Unchanged,
}

internal static class Redrives
{
    public static readonly RedriveKind[] Kinds = Enum.GetValues<RedriveKind>();

    public static Delivery Redriven(this Delivery delivery, RedriveKind kind, int receive = 1)
    {
        var next = delivery with { Receive = receive };
        if (kind == RedriveKind.Unchanged)
            return next;
        next = next with { MessageId = Guid.NewGuid().ToString(), Sent = delivery.Sent.AddHours(5) };
        return kind switch
        {
            RedriveKind.MoveTask => next with { DeduplicationId = delivery.MessageId },
            RedriveKind.SentAnew => next with
            {
                DeduplicationId = MessageOrigin.DeduplicationPrefix + delivery.MessageId,
                // The dead-letter queue tells a time of its own.
                StatedOrigin = delivery.StatedOrigin ?? new MessageOrigin(delivery.MessageId, delivery.Sent.AddMinutes(3)),
            },
            _ => next with { DeduplicationId = MessageOrigin.DeduplicationPrefix + delivery.MessageId },
        };
    }
}
