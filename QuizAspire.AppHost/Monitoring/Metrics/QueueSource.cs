using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>One queue's messages, from its attributes.</summary>
/// <param name="url">Where the queue is, once that can be known.</param>
/// <param name="age">Of the oldest message, where something tells it; SQS itself does not.</param>
internal sealed class QueueSource(
    string queue, IAmazonSQS sqs, Func<CancellationToken, ValueTask<string>> url, OldestMessage? age = null) : IMetricSource
{
    private static readonly (string Metric, string Attribute)[] Counts =
    [
        (MetricCatalog.Visible, QueueAttributeName.ApproximateNumberOfMessages),
        (MetricCatalog.NotVisible, QueueAttributeName.ApproximateNumberOfMessagesNotVisible),
        (MetricCatalog.Delayed, QueueAttributeName.ApproximateNumberOfMessagesDelayed),
    ];

    public string Name => $"queue {queue}";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(CancellationToken cancellation)
    {
        var attributes = (await sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest
        {
            QueueUrl = await url(cancellation),
            AttributeNames = [.. Counts.Select(count => count.Attribute)],
        }, cancellation)).Attributes;
        var counts = Counts.Select(count => (count.Metric, Value: int.Parse(attributes[count.Attribute], CultureInfo.InvariantCulture))).ToArray();
        var measurements = counts.Select(count => Of(count.Metric, count.Value)).ToList();
        if (age is not null && await age.AgeAsync(counts.Sum(count => count.Value), cancellation) is { } seconds)
            measurements.Add(Of(MetricCatalog.OldestAge, seconds));
        return measurements;
    }

    private Measurement Of(string metric, double value) => new(MetricId.Of(MetricCatalog.Queues, metric, MetricCatalog.QueueName, queue), value);
}
