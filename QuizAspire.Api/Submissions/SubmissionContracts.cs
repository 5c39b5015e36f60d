using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using QuizAspire.Api.Http;

namespace QuizAspire.Api.Submissions;

/// <summary>
/// A submission as a student posts it. Members may be missing or null whatever their types say: <see cref="SubmissionRules"/> looks.
/// </summary>
[Description("A student's answers to a quiz.")]
internal sealed record SubmissionRequest(
    [property: RegularExpression(Ids.Pattern)] string StudentId,
    [property: RegularExpression(Ids.Pattern)] string QuizId,
    [property: Description("question_id to answer: any JSON value, up to 16 levels deep. At least one, and only questions of the quiz.")]
    JsonElement Answers)
    : IJsonBody<SubmissionRequest>
{
    /// <summary>256 KB.</summary>
    public static int MaxBytes => 256 * 1024;

    public static JsonTypeInfo<SubmissionRequest> TypeInfo => ApiJsonContext.Default.SubmissionRequest;
}

[Description("A submission that is on its way.")]
internal sealed record SubmissionAccepted(string SubmissionId, SubmissionStatus Status)
{
    public static SubmissionAccepted Queued(string submissionId) => new(submissionId, SubmissionStatus.Queued);
}

/// <summary>Where a submission is, in the words of the results table.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SubmissionStatus>))]
internal enum SubmissionStatus
{
    [JsonStringEnumMemberName("queued")]
    Queued,

    [JsonStringEnumMemberName("completed")]
    Completed,

    [JsonStringEnumMemberName("failed")]
    Failed,
}
