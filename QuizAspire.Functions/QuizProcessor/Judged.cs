using QuizAspire.Core.Results;

namespace QuizAspire.Functions.QuizProcessor;

/// <summary>What one record came to.</summary>
/// <param name="Result">Completed; or failed, to be left behind if this was the last permitted receive.</param>
/// <param name="FailureKind">What kind of failure, of few kinds; null when it is completed.</param>
/// <param name="Fingerprint">Set when the write must be guarded by it, because the id is the producer's own.</param>
/// <param name="WasThere">Whether the store told that the same submission had this result already.</param>
internal sealed record Judged(SubmissionResult Result, string? FailureKind = null, string? Fingerprint = null, bool WasThere = false)
{
    public bool IsCompleted => Result.Status == ResultStatus.Completed;
}
