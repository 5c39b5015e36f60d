using System.Globalization;
using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.Statistics.Jobs;

/// <summary>The item that makes an acceptance stick, in the table of jobs: it has no <c>listing</c>, so no list and no answer shows it.</summary>
internal static class StatisticsRequestItem
{
    public const string JobId = "job_id";
    public const string Fingerprint = "fingerprint";

    // Epoch seconds. Until then the same request means this job.
    private const string ReusableUntil = "reusable_until";

    // Epoch seconds; the table's TTL attribute.
    private const string ExpiresAt = "expires_at";

    public static Dictionary<string, AttributeValue> From(string key, StatisticsJob job, string fingerprint, DateTimeOffset reusableUntil)
    {
        var until = StatisticsJobItem.Number(reusableUntil.ToUnixTimeSeconds());
        return new Dictionary<string, AttributeValue>(StatisticsJobItem.Request(job))
        {
            [StatisticsJobItem.StatisticsId] = StatisticsJobItem.Text(key),
            [JobId] = StatisticsJobItem.Text(job.StatisticsId),
            [Fingerprint] = StatisticsJobItem.Text(fingerprint),
            [ReusableUntil] = until,
            [ExpiresAt] = until,
        };
    }

    public static StatisticsJob ToJob(Dictionary<string, AttributeValue> item) => new(
        item[JobId].S,
        StatisticsNames.SourceOf(item[StatisticsJobItem.Source].S)!.Value,
        item.GetValueOrDefault(StatisticsJobItem.QuizId)?.S,
        item[StatisticsJobItem.ObjectKey].S,
        Instants.Parse(item[StatisticsJobItem.SubmittedAt].S));

    public static bool IsReusable(Dictionary<string, AttributeValue> item, DateTimeOffset now) =>
        long.Parse(item[ReusableUntil].N, CultureInfo.InvariantCulture) > now.ToUnixTimeSeconds();
}
