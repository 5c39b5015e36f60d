namespace QuizAspire.Core.DeadLetters;

/// <summary>What became of a dead letter that was to be sent to its source queue and deleted here.</summary>
internal enum MoveOutcome
{
    /// <summary>The source queue has it, and it is deleted here.</summary>
    Moved,

    /// <summary>The source queue has it; whether it is deleted here is not known. It must not be sent again.</summary>
    SentOnly,

    /// <summary>The source queue refuses this very message, and would again.</summary>
    Refused,

    /// <summary>SQS did not confirm it. It may have been sent all the same.</summary>
    NotConfirmed,
}

/// <param name="NewMessageId">Of the message in the source queue.</param>
/// <param name="Reason">Why not; holds nothing of the message.</param>
internal readonly record struct Moved(MoveOutcome Outcome, string? NewMessageId = null, string? Reason = null);
