namespace QuizAspire.Core.DeadLetters;

/// <summary>SQS's states of a message move task.</summary>
internal enum MoveTaskStatus
{
    Running,
    Cancelling,
    Cancelled,
    Completed,
    Failed,
}

/// <summary>Where a redrive of a whole dead-letter queue is.</summary>
/// <param name="Moved">Messages sent to the source queue and gone from the dead-letter queue.</param>
/// <param name="ToMove">Messages that were there when it started, about; null when not known.</param>
/// <param name="MaxPerSecond">Null: as fast as it goes.</param>
/// <param name="FailureReason">Of a failed one; holds nothing of any message.</param>
internal sealed record MoveTask(
    string Queue,
    MoveTaskStatus Status,
    long Moved,
    long? ToMove,
    DateTimeOffset StartedAt,
    int? MaxPerSecond,
    string? FailureReason)
{
    /// <summary>SQS's own limit, kept to by ours too.</summary>
    public const int MaxRate = 500;

    /// <summary>How many of the newest tasks of a queue are remembered, as by SQS.</summary>
    public const int MaxListed = 10;

    public bool IsActive => Status is MoveTaskStatus.Running or MoveTaskStatus.Cancelling;
}
