namespace QuizAspire.Core.Statistics.Jobs;

/// <summary>Where a score sheet came from.</summary>
public enum StatisticsSource
{
    /// <summary>Lines in a JSON request.</summary>
    Json,

    /// <summary>A CSV request.</summary>
    Csv,

    /// <summary>Parts that the client uploaded to S3 itself.</summary>
    Upload,

    /// <summary>The results of a quiz.</summary>
    Quiz,
}

public enum StatisticsJobStatus
{
    Queued,
    Running,
    Completed,
    Failed,
}

/// <summary>A score sheet whose statistics somebody asked for.</summary>
/// <param name="QuizId">Where the sheet is the export of a quiz; else null.</param>
/// <param name="ObjectKey">Of the sheet in the bucket of raw scores.</param>
/// <param name="Reason">Why it failed; null unless it did.</param>
/// <param name="Result">Null until the statistics have been written. A job can fail without: the sheet could not be read for now.</param>
/// <param name="NotifiedAt">When the statistics topic was first told.</param>
public sealed record StatisticsJob(
    string StatisticsId,
    StatisticsSource Source,
    string? QuizId,
    string ObjectKey,
    DateTimeOffset SubmittedAt,
    StatisticsJobStatus Status = StatisticsJobStatus.Queued,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? FinishedAt = null,
    string? Reason = null,
    StatisticsJobResult? Result = null,
    DateTimeOffset? NotifiedAt = null)
{
    /// <summary>The same message for every attempt to send this job.</summary>
    public StatisticsRequestMessage ToMessage() => new(StatisticsId, ObjectKey, Source, QuizId, SubmittedAt);
}

/// <summary>What a list of jobs tells of the statistics that were written.</summary>
/// <param name="Failure">Why the sheet has no statistics: it is no CSV, say. Null when it has.</param>
/// <param name="Scores">Of all quizzes.</param>
public sealed record StatisticsJobResult(string? Failure, int Quizzes, long Scores, long RejectedLines);
