using QuizAspire.Core.Results;

namespace QuizAspire.Functions.QuizProcessor;

/// <summary>What one record came to, before anything is written.</summary>
/// <param name="Result">Completed; or failed, to be left behind if this was the last permitted receive.</param>
/// <param name="Fingerprint">Set when the write must be guarded by it, because the id is the producer's own.</param>
internal sealed record Judged(SubmissionResult Result, string? Fingerprint = null)
{
    public bool IsCompleted => Result.Status == ResultStatus.Completed;
}
