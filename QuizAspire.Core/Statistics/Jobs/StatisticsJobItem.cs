using System.Globalization;
using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.Statistics.Jobs;

/// <summary>A job as the table of jobs keeps it.</summary>
internal static class StatisticsJobItem
{
    public const string StatisticsId = "statistics_id";
    public const string Listing = "listing";
    public const string SubmittedAt = "submitted_at";
    public const string Source = "source";
    public const string QuizId = "quiz_id";
    public const string ObjectKey = "object_key";
    public const string Status = "status";
    public const string StartedAt = "started_at";
    public const string FinishedAt = "finished_at";
    public const string Reason = "reason";
    public const string ResultWritten = "result_written";
    public const string Quizzes = "quizzes";
    public const string Scores = "scores";
    public const string RejectedLines = "rejected_lines";
    public const string NotifiedAt = "notified_at";

    /// <summary>The one value of <see cref="Listing"/>, the index's partition key; an item without it is in no list.</summary>
    public const string Jobs = "jobs";

    public static Dictionary<string, AttributeValue> Key(string id) => new() { [StatisticsId] = Text(id) };

    /// <summary>What was asked for. It stays the same through the job's life.</summary>
    public static Dictionary<string, AttributeValue> Request(StatisticsJob job)
    {
        var attributes = new Dictionary<string, AttributeValue>
        {
            [SubmittedAt] = Text(Instants.ToText(job.SubmittedAt)),
            [Source] = Text(StatisticsNames.Of(job.Source)),
            [ObjectKey] = Text(job.ObjectKey),
        };
        if (job.QuizId is { } quizId)
            attributes[QuizId] = Text(quizId);
        return attributes;
    }

    /// <returns>Null for an item that is no job.</returns>
    public static StatisticsJob? ToJob(Dictionary<string, AttributeValue> item) => item.ContainsKey(Listing)
        ? new StatisticsJob(
            item[StatisticsId].S,
            StatisticsNames.SourceOf(item[Source].S) ?? StatisticsSource.Csv,
            TextOf(item, QuizId),
            item[ObjectKey].S,
            Instants.Parse(item[SubmittedAt].S),
            StatisticsNames.StatusOf(item[Status].S) ?? throw new FormatException("A statistics job has a status that is none."),
            InstantOf(item, StartedAt),
            InstantOf(item, FinishedAt),
            TextOf(item, Reason),
            ResultOf(item),
            InstantOf(item, NotifiedAt))
        : null;

    public static AttributeValue Text(string value) => new() { S = value };

    public static AttributeValue Text(StatisticsJobStatus status) => Text(StatisticsNames.Of(status));

    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    private static StatisticsJobResult? ResultOf(Dictionary<string, AttributeValue> item) => item.ContainsKey(ResultWritten)
        ? new StatisticsJobResult(
            TextOf(item, Reason),
            (int)NumberOf(item, Quizzes),
            NumberOf(item, Scores),
            NumberOf(item, RejectedLines))
        : null;

    private static string? TextOf(Dictionary<string, AttributeValue> item, string name) => item.GetValueOrDefault(name)?.S;

    private static DateTimeOffset? InstantOf(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) ? Instants.Parse(value.S) : null;

    private static long NumberOf(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) ? long.Parse(value.N, CultureInfo.InvariantCulture) : 0;
}
