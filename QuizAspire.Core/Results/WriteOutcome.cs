namespace QuizAspire.Core.Results;

public enum WriteStatus
{
    Written,

    /// <summary>The item is there and belongs to a different submission, or to a completed one that a failure must not cover.</summary>
    Conflict,

    /// <summary>DynamoDB refuses this item, now and always.</summary>
    Refused,

    /// <summary>Not confirmed before the deadline, or the table could not be written to. It may have been written all the same.</summary>
    NotConfirmed,
}

/// <param name="Reason">For operators and the failed item; holds no answers.</param>
/// <param name="Kind">What kind of failure, of few kinds: DynamoDB's error code, or what was thrown.</param>
/// <param name="WasThere">The same submission's result is known to have been there already.</param>
public readonly record struct WriteOutcome(WriteStatus Status, string? Reason = null, string? Kind = null, bool WasThere = false)
{
    public static readonly WriteOutcome Written = new(WriteStatus.Written);
}
