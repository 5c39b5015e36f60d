using System.Globalization;

namespace QuizAspire.Core.Results;

/// <summary>
/// The result's sort key, <c>2026-11-21T20:05:00.123Z/{submission_id}</c>: time first so that a query is in the order of
/// submission, the id after it so that two submissions of one millisecond are two items. It is fixed when a submission is
/// accepted, so whatever processes it again writes the same item.
/// </summary>
public static class ResultKey
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int TimeLength = 24;

    public static string From(DateTimeOffset submittedAt, string submissionId) =>
        $"{submittedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}/{submissionId}";

    public static bool IsValid(string key) => key.Length > TimeLength + 1 && key[TimeLength] == '/' && TryTime(key, out _);

    internal static DateTimeOffset TimeOf(string key) =>
        TryTime(key, out var time) ? time : throw new FormatException("The sort key of a result does not begin with a time.");

    private static bool TryTime(string key, out DateTimeOffset time)
    {
        time = default;
        return key.Length >= TimeLength && DateTimeOffset.TryParseExact(
            key.AsSpan(0, TimeLength), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
