using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;

namespace QuizAspire.Core.Health;

/// <summary>Ages by the queue's name; a queue without one is missing.</summary>
/// <param name="Failure">Why none could be had; null when CloudWatch answered.</param>
public sealed record MessageAgeReading(IReadOnlyDictionary<string, TimeSpan> Ages, Exception? Failure);

/// <summary>The age of each queue's oldest message, which SQS tells CloudWatch and nobody else.</summary>
public sealed class MessageAges(IAmazonCloudWatch cloudWatch, TimeProvider time)
{
    /// <summary>An age is nice to have: a slow CloudWatch must not cost the check its time.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    // SQS reports once a minute, and the newest minutes may be missing still.
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private const int PeriodSeconds = 60;

    /// <summary>Throws for nothing.</summary>
    public async Task<MessageAgeReading> ReadAsync(IReadOnlyList<QueueIdentity> queues, CancellationToken cancellationToken)
    {
        if (queues.Count == 0)
            return new MessageAgeReading(new Dictionary<string, TimeSpan>(), null);

        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var response = await cloudWatch.GetMetricDataAsync(Request(queues), either.Token);
            return new MessageAgeReading(Ages(queues, response.MetricDataResults ?? []), null);
        }
        catch (Exception exception)
        {
            // Not even for an answer that is none: the check is about numbers of messages.
            return new MessageAgeReading(new Dictionary<string, TimeSpan>(), exception);
        }
    }

    private GetMetricDataRequest Request(IEnumerable<QueueIdentity> queues)
    {
        // Whole minutes are answered faster.
        var now = time.GetUtcNow().UtcDateTime;
        var end = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        return new GetMetricDataRequest
        {
            StartTime = end - Window,
            EndTime = end,
            ScanBy = ScanBy.TimestampDescending,
            MetricDataQueries = [.. queues.Select((queue, index) => new MetricDataQuery
            {
                Id = Id(index),
                MetricStat = new MetricStat
                {
                    Metric = new Metric
                    {
                        Namespace = "AWS/SQS",
                        MetricName = "ApproximateAgeOfOldestMessage",
                        Dimensions = [new Dimension { Name = "QueueName", Value = queue.Name }],
                    },
                    Period = PeriodSeconds,
                    Stat = "Maximum",
                },
            })],
        };
    }

    private static Dictionary<string, TimeSpan> Ages(IReadOnlyList<QueueIdentity> queues, List<MetricDataResult> results)
    {
        var ages = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        for (var index = 0; index < queues.Count; index++)
        {
            if (results.Find(result => result.Id == Id(index)) is { Values: { Count: > 0 } values, Timestamps: { } times }
                && times.Count == values.Count
                && values[times.IndexOf(times.Max())] is >= 0 and <= int.MaxValue and var seconds)
                ages[queues[index].Name] = TimeSpan.FromSeconds(seconds);
        }

        return ages;
    }

    private static string Id(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"age{index}");
}
