using System.Buffers;

namespace QuizAspire.Api.Http;

/// <summary>
/// Ids of students, quizzes, questions and submissions: 1 to 128 ASCII letters, digits, <c>- _ . : @</c>, of which the first is a letter or digit.
/// That is what a URL segment, a message group and a log line all carry as it stands; <c>.</c> and <c>..</c> would not survive in a URL.
/// </summary>
internal static class Ids
{
    public const int MaxLength = 128;
    public const string Pattern = "^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$";

    private const string Rule = "must be 1 to 128 characters out of letters, digits and - _ . : @, of which the first is a letter or digit";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:@");

    public static bool IsValid(string id) =>
        id.Length is >= 1 and <= MaxLength && char.IsAsciiLetterOrDigit(id[0]) && !id.AsSpan().ContainsAnyExcept(Allowed);

    public static void Check(FieldErrors errors, string field, string? id)
    {
        if (id is null)
            errors.Add(field, "is required");
        else if (!IsValid(id))
            errors.Add(field, Rule);
    }

    /// <summary>For ids in the path, of which each answer names the first that is wrong.</summary>
    public static Refusal? Refuse(string field, string id) => IsValid(id) ? null : Refusal.Malformed(field, Rule);
}
