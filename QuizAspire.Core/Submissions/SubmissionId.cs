using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace QuizAspire.Core.Submissions;

/// <summary>
/// Ids that carry the time of the submission and commit to its content: a UUID of version 8 (RFC 9562, the version whose
/// layout the application defines) with version 7's 48-bit millisecond time in front and 74 bits of a SHA-256 behind it.
/// The same id therefore means the same content, so writing its result again is harmless, and the result's key is known
/// from the id alone. Version 7 is not used because its other bits must be random; ids of trusted producers often are of it.
/// </summary>
public static class SubmissionId
{
    /// <summary>The id of a submission that is being accepted.</summary>
    /// <param name="submittedAt">Whole milliseconds count.</param>
    public static string Create(DateTimeOffset submittedAt, string studentId, string quizId, int? quizVersion, JsonElement answers)
    {
        var version = quizVersion?.ToString(CultureInfo.InvariantCulture) ?? "";
        return TimedUuid.Create(submittedAt, Fingerprint.Of(studentId, quizId, version, CanonicalJson.Of(answers)));
    }

    /// <summary>The id of a message that has none, the seed's: the same each time the queue delivers it, another for each message sent.</summary>
    public static string ForMessage(DateTimeOffset sentAt, string origin) => TimedUuid.Create(sentAt, Fingerprint.Of(origin));

    /// <summary>The time in an id made here, or in a UUID of version 7, which has it in the same place.</summary>
    public static bool TryGetTime(string submissionId, out DateTimeOffset time)
    {
        time = default;
        if (!IsUuid(submissionId, '7') && !IsUuid(submissionId, '8'))
            return false;

        var milliseconds = long.Parse(
            string.Concat(submissionId.AsSpan(0, 8), submissionId.AsSpan(9, 4)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        // 48 bits reach past the year 9999, where DateTimeOffset ends.
        if (milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return false;

        time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return true;
    }

    /// <summary>True for the form made here. Such an id either matches its content or is wrong.</summary>
    public static bool IsCommitting(string submissionId) => IsUuid(submissionId, '8') && TryGetTime(submissionId, out _);

    private static bool IsUuid([NotNullWhen(true)] string? id, char version) =>
        TimedUuid.IsCanonical(id) && id[14] == version && id[19] is '8' or '9' or 'a' or 'b';
}
