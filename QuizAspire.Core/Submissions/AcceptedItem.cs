using System.Globalization;
using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.Submissions;

/// <summary>The item of the accepted submissions table.</summary>
internal static class AcceptedItem
{
    public const string StudentId = "student_id";
    public const string IdempotencyKey = "idempotency_key";
    public const string SubmissionId = "submission_id";
    public const string Fingerprint = "fingerprint";

    /// <summary>Epoch seconds. Until then the idempotency key means this submission.</summary>
    public const string ReusableUntil = "reusable_until";

    /// <summary>Epoch seconds; the table's TTL attribute. Until then the submission's message may be alive.</summary>
    public const string ExpiresAt = "expires_at";

    public static Dictionary<string, AttributeValue> Key(string studentId, string idempotencyKey) => new()
    {
        [StudentId] = new AttributeValue { S = studentId },
        [IdempotencyKey] = new AttributeValue { S = idempotencyKey },
    };

    public static Dictionary<string, AttributeValue> From(
        AcceptedSubmission submission, string idempotencyKey, string fingerprint, DateTimeOffset reusableUntil, DateTimeOffset expiresAt)
    {
        var item = Key(submission.StudentId, idempotencyKey);
        item[SubmissionId] = new AttributeValue { S = submission.SubmissionId };
        item["submitted_at"] = new AttributeValue { S = Instants.ToText(submission.SubmittedAt) };
        item["quiz_id"] = new AttributeValue { S = submission.QuizId };
        item["quiz_version"] = Number(submission.QuizVersion);
        item[Fingerprint] = new AttributeValue { S = fingerprint };
        item[ReusableUntil] = Number(reusableUntil.ToUnixTimeSeconds());
        item[ExpiresAt] = Number(expiresAt.ToUnixTimeSeconds());
        return item;
    }

    public static AcceptedSubmission ToSubmission(Dictionary<string, AttributeValue> item) => new(
        item[StudentId].S,
        item[SubmissionId].S,
        Instants.Parse(item["submitted_at"].S),
        item["quiz_id"].S,
        int.Parse(item["quiz_version"].N, CultureInfo.InvariantCulture));

    /// <param name="attribute"><see cref="ReusableUntil"/> or <see cref="ExpiresAt"/>.</param>
    public static bool IsPast(Dictionary<string, AttributeValue> item, string attribute, DateTimeOffset now) =>
        long.Parse(item[attribute].N, CultureInfo.InvariantCulture) <= now.ToUnixTimeSeconds();

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
