using System.Collections.Immutable;
using System.Globalization;
using Amazon.SQS;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.AppHost.Monitoring.Resources;

/// <summary>How many messages of a queue wait, are being handled, and are delayed.</summary>
/// <param name="holdsDeadLetters">Do other queues send here what cannot be handled? Anything in it then needs attention.</param>
internal sealed class QueueReader(IAwsBackend aws, PlannedQueue queue, bool holdsDeadLetters) : IResourceReader
{
    public const string Visible = "Visible";
    public const string InFlight = "In flight";
    public const string Delayed = "Delayed";

    private static readonly (string Property, string Attribute, string InWords)[] Counts =
    [
        (Visible, QueueAttributeName.ApproximateNumberOfMessages, "visible"),
        (InFlight, QueueAttributeName.ApproximateNumberOfMessagesNotVisible, "in flight"),
        (Delayed, QueueAttributeName.ApproximateNumberOfMessagesDelayed, "delayed"),
    ];

    public async Task<Reading> ReadAsync(CancellationToken cancellation)
    {
        var response = await aws.Clients.Sqs.GetQueueAttributesAsync(
            await aws.ResolveAsync(queue.Url, cancellation), [.. Counts.Select(count => count.Attribute)], cancellation);
        return Of([.. Counts.Select(count => int.Parse(response.Attributes[count.Attribute], CultureInfo.InvariantCulture))], holdsDeadLetters);
    }

    internal static Reading Of(ImmutableArray<int> counts, bool holdsDeadLetters)
    {
        var present = Counts.Zip(counts).Where(count => count.Second > 0).Select(count => $"{count.Second} {count.First.InWords}").ToArray();
        return new Reading(
            present is [] ? "empty" : string.Join(", ", present),
            [.. Counts.Zip(counts, (count, number) => (count.Property, (object)number))],
            NeedsAttention: holdsDeadLetters && counts.Any(number => number > 0));
    }
}
