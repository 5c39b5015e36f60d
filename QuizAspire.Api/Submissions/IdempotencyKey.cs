using QuizAspire.Api.Http;

namespace QuizAspire.Api.Submissions;

/// <summary>The header by which a client says that two requests are one.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Set on the answer to a request that had been accepted before.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    public const string Description =
        "1 to 255 visible ASCII characters. For 24 hours the same key means the same submission; without one, the same body does for 5 minutes.";

    public const int MaxLength = 255;

    public static Refusal? Refuse(string? key) =>
        key is null || (key.Length is >= 1 and <= MaxLength && !key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            ? null
            : Refusal.Malformed(Header, $"must be 1 to {MaxLength} visible ASCII characters");
}
