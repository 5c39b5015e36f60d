using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using QuizAspire.Api.Http;
using QuizAspire.Core.Statistics.Jobs;

namespace QuizAspire.Api.Statistics;

/// <summary>Members may be missing or null whatever their types say: <see cref="SheetRules"/> looks.</summary>
[Description("A small score sheet. A larger one is posted as text/csv.")]
internal sealed record SheetRequest(
    [property: Description(
        "Its lines: a quiz and its scores, from 0 to 100, separated by commas. A line that is not so is reported, and the others count.")]
    IReadOnlyList<string> Data)
    : IJsonBody<SheetRequest>
{
    /// <summary>1 MiB.</summary>
    public static int MaxBytes => 1024 * 1024;

    public static JsonTypeInfo<SheetRequest> TypeInfo => ApiJsonContext.Default.SheetRequest;
}

[Description("Statistics that are on their way.")]
internal sealed record StatisticsAccepted(string StatisticsId, StatisticsStatus Status)
{
    public static StatisticsAccepted Queued(string statisticsId) => new(statisticsId, StatisticsStatus.Queued);
}

[Description("A request for statistics, without what came of it.")]
internal sealed record StatisticsJobView(
    string StatisticsId,
    StatisticsStatus Status,
    SheetSource Source,
    DateTimeOffset SubmittedAt,
    [property: Description("Where they are of a quiz's results.")] string? QuizId = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? FinishedAt = null,
    [property: Description("When their topic was told.")] DateTimeOffset? NotifiedAt = null,
    [property: Description("Of a failed one.")] string? Reason = null,
    int? Quizzes = null,
    [property: Description("Of all quizzes.")] long? Scores = null,
    [property: Description("Lines that did not count.")] long? RejectedLines = null)
{
    public static StatisticsJobView Of(StatisticsJob job) => new(
        job.StatisticsId, StatusOf(job.Status), SourceOf(job.Source), job.SubmittedAt, job.QuizId, job.StartedAt, job.FinishedAt,
        job.NotifiedAt, job.Reason, job.Result?.Quizzes, job.Result?.Scores, job.Result?.RejectedLines);

    public static SheetSource SourceOf(StatisticsSource source) => (SheetSource)(int)source;

    public static StatisticsStatus StatusOf(StatisticsJobStatus status) => (StatisticsStatus)(int)status;
}

internal sealed record StatisticsPage(
    IReadOnlyList<StatisticsJobView> Statistics,
    [property: Description("For page_token of the next request; absent on the last page.")] string? NextPageToken = null,
    [property: Description("Path and query of the next page; absent on the last.")] string? Next = null);

/// <summary>In the order of <see cref="StatisticsJobStatus"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StatisticsStatus>))]
internal enum StatisticsStatus
{
    [JsonStringEnumMemberName("queued")]
    Queued,

    [JsonStringEnumMemberName("running")]
    Running,

    [JsonStringEnumMemberName("completed")]
    Completed,

    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>In the order of <see cref="StatisticsSource"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SheetSource>))]
internal enum SheetSource
{
    [JsonStringEnumMemberName("json")]
    Json,

    [JsonStringEnumMemberName("csv")]
    Csv,

    [JsonStringEnumMemberName("upload")]
    Upload,

    [JsonStringEnumMemberName("quiz")]
    Quiz,
}
