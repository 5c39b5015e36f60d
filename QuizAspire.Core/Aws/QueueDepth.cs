using System.Globalization;
using Amazon.SQS;

namespace QuizAspire.Core.Aws;

/// <summary>How many messages a queue has, by SQS's approximate counts.</summary>
/// <param name="InFlight">Received by somebody, and neither deleted nor given back yet.</param>
internal sealed record QueueDepth(long Visible, long InFlight, long Delayed)
{
    private static readonly List<string> Names =
    [
        QueueAttributeName.ApproximateNumberOfMessages,
        QueueAttributeName.ApproximateNumberOfMessagesNotVisible,
        QueueAttributeName.ApproximateNumberOfMessagesDelayed,
    ];

    public long Total => Visible + InFlight + Delayed;

    public static async Task<QueueDepth> ReadAsync(IAmazonSQS sqs, string queueUrl, CancellationToken cancellationToken)
    {
        var attributes = (await sqs.GetQueueAttributesAsync(queueUrl, Names, cancellationToken)).Attributes;
        long Of(string name) => attributes?.GetValueOrDefault(name) is { } count ? long.Parse(count, CultureInfo.InvariantCulture) : 0;
        return new QueueDepth(Of(Names[0]), Of(Names[1]), Of(Names[2]));
    }
}
