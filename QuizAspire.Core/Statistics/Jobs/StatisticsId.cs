using System.Diagnostics.CodeAnalysis;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Core.Statistics.Jobs;

/// <summary>Ids of statistics jobs: those made here carry the time of the request; a trusted producer's may be any UUID.</summary>
public static class StatisticsId
{
    /// <param name="objectKey">The raw object's, which is random: two sheets of one content in one millisecond are two jobs.</param>
    internal static string Create(DateTimeOffset submittedAt, string fingerprint, string objectKey) =>
        TimedUuid.Create(submittedAt, Fingerprint.Of(fingerprint, objectKey));

    /// <summary>True for a UUID in lower case. Nothing else in the table of jobs has such a key.</summary>
    public static bool IsValid([NotNullWhen(true)] string? id) => TimedUuid.IsCanonical(id);
}
