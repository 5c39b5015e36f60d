using System.Globalization;

namespace QuizAspire.Core.Submissions;

/// <summary>Which sending a message stems from, through any number of redrives, each of which gives it a new id and a new time.</summary>
/// <param name="MessageId">The message's id in its first life.</param>
/// <param name="SentAt">When the queue first got it.</param>
public sealed record MessageOrigin(string MessageId, DateTimeOffset SentAt)
{
    /// <summary>The message attribute in which a redrive that sends messages anew keeps their origin.</summary>
    public const string AttributeName = "quizaspire.origin";

    /// <summary>
    /// What the deduplication id of such a sending begins with; the dead letter's id follows, so it is a new one for each dead letter.
    /// </summary>
    public const string DeduplicationPrefix = "redrive-";

    // SQS's own limit.
    private const int MaxMessageId = 100;

    private static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The attribute's value: Unix milliseconds, a slash, the message id.</summary>
    public string ToAttribute() => string.Create(CultureInfo.InvariantCulture, $"{SentAt.ToUnixTimeMilliseconds()}/{MessageId}");

    /// <returns>Null when the attribute is not there or not one that <see cref="ToAttribute"/> made.</returns>
    public static MessageOrigin? FromAttribute(string? value)
    {
        var slash = value?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 1 || value!.Length - slash - 1 is < 1 or > MaxMessageId)
            return null;
        return long.TryParse(value.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= LastMillisecond
            ? new MessageOrigin(value[(slash + 1)..], DateTimeOffset.FromUnixTimeMilliseconds(milliseconds))
            : null;
    }
}
