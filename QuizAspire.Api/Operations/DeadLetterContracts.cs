using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using QuizAspire.Api.Http;
using QuizAspire.Core.Aws;
using QuizAspire.Core.DeadLetters;

namespace QuizAspire.Api.Operations;

[Description("The dead-letter queues, with as many of their messages as were asked for.")]
internal sealed record DeadLettersView(IReadOnlyList<DeadLetterQueueView> Queues);

internal sealed record DeadLetterQueueView(
    string Queue,
    [property: Description("The queue whose messages end here, and to which a redrive sends them.")] string SourceQueue,
    QueueDepthView Depth,
    [property: Description("The oldest of each student's; later ones of a student are behind them and not to be seen.")]
    IReadOnlyList<DeadLetterView> Messages);

[Description("Approximate numbers of messages.")]
internal sealed record QueueDepthView(long Visible, [property: Description("Received by somebody for the moment.")] long InFlight, long Delayed)
{
    public static QueueDepthView Of(QueueDepth depth) => new(depth.Visible, depth.InFlight, depth.Delayed);
}

[Description("A dead letter without its content.")]
internal sealed record DeadLetterView(
    string MessageId,
    [property: Description("When its queue first got it, before any redrive, as far as that is known.")] DateTimeOffset SentAt,
    [property: Description("How often it was received, looks like this one included.")] int ReceiveCount,
    string? StudentId = null,
    string? QuizId = null,
    string? SubmissionId = null,
    string? StatisticsId = null,
    [property: Description("Of its failed result or statistics, or why that could not be read; absent when there is none.")] string? Reason = null);

[Description("Which dead letters to send back to their queue.")]
internal sealed record RedriveRequest(
    [property: Description("Name of a dead-letter queue.")] string Queue,
    [property: Description("These messages only, and within this request; absent for the whole queue, as a task."), MaxLength(ChosenRedrive.MaxIds)]
    IReadOnlyList<string>? MessageIds = null,
    [property: Description("Absent: as fast as it goes."), Range(1, MoveTask.MaxRate)] int? MaxPerSecond = null)
    : IJsonBody<RedriveRequest>
{
    public static int MaxBytes => 32 * 1024;

    public static JsonTypeInfo<RedriveRequest> TypeInfo => ApiJsonContext.Default.RedriveRequest;
}

internal sealed record CancelRedriveRequest([property: Description("Name of a dead-letter queue.")] string Queue) : IJsonBody<CancelRedriveRequest>
{
    public static int MaxBytes => 4 * 1024;

    public static JsonTypeInfo<CancelRedriveRequest> TypeInfo => ApiJsonContext.Default.CancelRedriveRequest;
}

[Description("Deletes every message of a dead-letter queue, for good.")]
internal sealed record PurgeRequest(
    [property: Description("Name of a dead-letter queue.")] string Queue,
    [property: Description("The queue's name once more: there is no way back.")] string Confirm)
    : IJsonBody<PurgeRequest>
{
    public static int MaxBytes => 4 * 1024;

    public static JsonTypeInfo<PurgeRequest> TypeInfo => ApiJsonContext.Default.PurgeRequest;
}

[Description("The redrive of a whole dead-letter queue.")]
internal sealed record RedriveTaskView(
    string Queue,
    RedriveStatus Status,
    [property: Description("Messages moved so far, about.")] long Moved,
    DateTimeOffset StartedAt,
    [property: Description("Messages that were there when it started, about.")] long? ToMove = null,
    int? MaxPerSecond = null,
    [property: Description("Of a failed one.")] string? FailureReason = null)
{
    public static RedriveTaskView Of(MoveTask task) => new(
        task.Queue, (RedriveStatus)(int)task.Status, task.Moved, task.StartedAt, task.ToMove, task.MaxPerSecond, task.FailureReason);
}

internal sealed record RedriveTasksView([property: Description("Newest first.")] IReadOnlyList<RedriveTaskView> Tasks);

[Description("What became of the chosen messages.")]
internal sealed record RedrivenView(string Queue, IReadOnlyList<string> Moved, IReadOnlyList<NotRedrivenView> NotMoved)
{
    public static RedrivenView Of(DeadLetterQueue queue, ChosenOutcome outcome) =>
        new(queue.Name, outcome.Moved, [.. outcome.NotMoved.Select(pair => new NotRedrivenView(pair.Key, pair.Value))]);
}

internal sealed record NotRedrivenView(string MessageId, string Reason);

internal sealed record PurgedView(string Queue, [property: Description("Messages that were there, about. SQS may take a minute.")] long Messages);

/// <summary>In the order of <see cref="MoveTaskStatus"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RedriveStatus>))]
internal enum RedriveStatus
{
    [JsonStringEnumMemberName("running")]
    Running,

    [JsonStringEnumMemberName("cancelling")]
    Cancelling,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    [JsonStringEnumMemberName("completed")]
    Completed,

    [JsonStringEnumMemberName("failed")]
    Failed,
}
