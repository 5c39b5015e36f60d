using QuizAspire.Core.Aws;

namespace QuizAspire.Core.Results;

/// <summary>
/// The result's sort key, <c>2026-11-21T20:05:00.123Z/{submission_id}</c>: time first so that a query is in the order of
/// submission, the id after it so that two submissions of one millisecond are two items. It is fixed when a submission is
/// accepted, so whatever processes it again writes the same item.
/// </summary>
public static class ResultKey
{
    private const int TimeLength = 24;

    public static string From(DateTimeOffset submittedAt, string submissionId) => $"{Instants.ToText(submittedAt)}/{submissionId}";

    internal static bool IsValid(string key) =>
        key.Length > TimeLength + 1 && key[TimeLength] == '/' && Instants.TryParse(key.AsSpan(0, TimeLength), out _);

    internal static DateTimeOffset TimeOf(string key) =>
        key.Length >= TimeLength && Instants.TryParse(key.AsSpan(0, TimeLength), out var time)
            ? time
            : throw new FormatException("The sort key of a result does not begin with a time.");
}
