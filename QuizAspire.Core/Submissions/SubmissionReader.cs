using System.Globalization;
using System.Text.Json;

namespace QuizAspire.Core.Submissions;

/// <summary>Reads the queue's message by hand rather than by a serializer, so that each defect has a reason that names the member.</summary>
public static class SubmissionReader
{
    // The message, and 31 levels inside answers: DynamoDB holds 32 levels in an attribute.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    /// <exception cref="InvalidSubmissionException"/>
    public static SubmissionMessage Read(string body)
    {
        var message = Parse(body);
        if (message.ValueKind != JsonValueKind.Object)
            throw new InvalidSubmissionException("the message is not a JSON object");

        var result = new SubmissionMessage(
            Id(message, "student_id") ?? throw Missing("student_id"),
            Id(message, "quiz_id") ?? throw Missing("quiz_id"),
            Object(message, "answers") ?? throw Missing("answers"),
            Object(message, "correct_answers"),
            Id(message, "submission_id"),
            Instant(message, "submitted_at"),
            Version(message, "quiz_version"));
        RequireUnicode(body, result);
        return result;
    }

    private static InvalidSubmissionException Missing(string name) => new($"{name} is missing");

    private static JsonElement Parse(string body)
    {
        try
        {
            return JsonElement.Parse(body, Options);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new InvalidSubmissionException("the message is not JSON, or is nested more than 32 levels deep");
        }
    }

    private static JsonElement? Member(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? Id(JsonElement message, string name)
    {
        if (Member(message, name) is not { } value)
            return null;

        // Ids are logged, so one must not be able to begin a line of its own.
        return value.ValueKind == JsonValueKind.String && TryGetString(value, out var id)
            && id.Length is > 0 and <= SubmissionMessage.MaxIdLength && !id.Any(char.IsControl)
            ? id
            : throw new InvalidSubmissionException(
                $"{name} is not a string of 1 to {SubmissionMessage.MaxIdLength} characters without control characters");
    }

    private static JsonElement? Object(JsonElement message, string name)
    {
        var value = Member(message, name);
        return value is { ValueKind: not JsonValueKind.Object } ? throw new InvalidSubmissionException($"{name} is not an object") : value;
    }

    private static DateTimeOffset? Instant(JsonElement message, string name)
    {
        if (Member(message, name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.String && TryGetString(value, out var text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            && instant >= DateTimeOffset.UnixEpoch
            ? instant
            : throw new InvalidSubmissionException($"{name} is not an ISO 8601 instant from 1970 on");
    }

    private static int? Version(JsonElement message, string name)
    {
        if (Member(message, name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var version) && version > 0
            ? version
            : throw new InvalidSubmissionException($"{name} is not a whole number from 1");
    }

    private static bool TryGetString(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    // An escaped half of a surrogate pair is valid JSON that neither .NET nor DynamoDB can hold as text.
    private static void RequireUnicode(string body, SubmissionMessage message)
    {
        if (!body.Contains(@"\ud", StringComparison.OrdinalIgnoreCase))
            return;

        try
        {
            _ = CanonicalJson.Of(message.Answers);
            if (message.CorrectAnswers is { } correct)
                _ = CanonicalJson.Of(correct);
        }
        catch (InvalidOperationException)
        {
            throw new InvalidSubmissionException("a string of the message is not valid Unicode");
        }
    }
}
