using QuizAspire.Core.Submissions;

namespace QuizAspire.Core.Statistics.Jobs;

/// <summary>A score sheet that is in its bucket, before it is accepted.</summary>
/// <param name="Fingerprint">SHA-256 of the sheet's bytes, in hex: the same sheet again is the same request.</param>
public sealed record StatisticsRequest(string ObjectKey, StatisticsSource Source, string? QuizId, string Fingerprint);

/// <summary>What <see cref="StatisticsJobStore.AcceptAsync"/> found.</summary>
/// <param name="Kind">
/// <see cref="AcceptanceKind.Repeated"/>: the job is the first request's and has its object, so this one's may be deleted.
/// </param>
/// <param name="Job">As it is queued; how far it is by now is not looked up.</param>
public sealed record StatisticsAcceptance(AcceptanceKind Kind, StatisticsJob Job);
