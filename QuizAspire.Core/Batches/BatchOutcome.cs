namespace QuizAspire.Core.Batches;

public enum RecordOutcome
{
    Done,

    /// <summary>To be delivered again.</summary>
    Failed,

    /// <summary>Failed on its last permitted receive: the queue moves it to the dead-letter queue.</summary>
    FailedForGood,

    /// <summary>Left alone, because an earlier message of its group is to be delivered again.</summary>
    Skipped,
}

/// <param name="Group">The message group, whose messages are handled in order.</param>
public readonly record struct RecordResult(string MessageId, string Group, RecordOutcome Outcome);

/// <summary>Which messages of a batch the queue gets back.</summary>
public static class BatchOutcome
{
    /// <summary>
    /// The messages to report as failed, in the order of the batch: what failed, and in each group everything after the first
    /// that is to be delivered again, so that order holds. One that failed for good stops nothing: those after it
    /// share its receive count, so giving them back would send the whole group to the dead-letter queue.
    /// </summary>
    public static IReadOnlyList<string> Failures(IReadOnlyList<RecordResult> batch)
    {
        var blocked = new HashSet<string>(StringComparer.Ordinal);
        var failures = new List<string>();
        foreach (var record in batch)
        {
            if (record.Outcome is RecordOutcome.Failed or RecordOutcome.Skipped)
                blocked.Add(record.Group);
            if (record.Outcome != RecordOutcome.Done || blocked.Contains(record.Group))
                failures.Add(record.MessageId);
        }

        return failures;
    }
}
