using System.Text.Json.Serialization;
using QuizAspire.Api.Operations;
using QuizAspire.Api.Notifications;
using QuizAspire.Api.Quizzes;
using QuizAspire.Api.Statistics;
using QuizAspire.Api.Students;
using QuizAspire.Api.Submissions;

namespace QuizAspire.Api.Http;

/// <summary>
/// All JSON of this API. Requests are read by exactly these options: a member that is not known, or there twice, is an error,
/// because guessing what was meant is how answers get lost.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = MaxRequestDepth)]
[JsonSerializable(typeof(QuizRequest))]
[JsonSerializable(typeof(QuizSaved))]
[JsonSerializable(typeof(QuizView))]
[JsonSerializable(typeof(QuizzesPage))]
[JsonSerializable(typeof(SubmissionRequest))]
[JsonSerializable(typeof(SubmissionAccepted))]
[JsonSerializable(typeof(ResultView))]
[JsonSerializable(typeof(ResultsPage))]
[JsonSerializable(typeof(SheetRequest))]
[JsonSerializable(typeof(StatisticsAccepted))]
[JsonSerializable(typeof(StatisticsView))]
[JsonSerializable(typeof(StatisticsPage))]
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(UploadView))]
[JsonSerializable(typeof(CompleteUploadRequest))]
[JsonSerializable(typeof(DeadLettersView))]
[JsonSerializable(typeof(RedriveRequest))]
[JsonSerializable(typeof(RedriveTaskView))]
[JsonSerializable(typeof(RedriveTasksView))]
[JsonSerializable(typeof(RedrivenView))]
[JsonSerializable(typeof(CancelRedriveRequest))]
[JsonSerializable(typeof(PurgeRequest))]
[JsonSerializable(typeof(PurgedView))]
[JsonSerializable(typeof(NotificationsPage))]
[JsonSerializable(typeof(InboxPage))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
internal sealed partial class ApiJsonContext : JsonSerializerContext
{
    /// <summary>The body, its answers, and the 16 levels that an answer may have.</summary>
    public const int MaxRequestDepth = 2 + SubmissionRules.MaxAnswerDepth;
}
