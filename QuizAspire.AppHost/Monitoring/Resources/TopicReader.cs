using Amazon.SimpleNotificationService.Model;
using QuizAspire.AppHost.Backends;

namespace QuizAspire.AppHost.Monitoring.Resources;

/// <summary>Who listens to a topic, by protocol: an address would be nobody's business.</summary>
internal sealed class TopicReader(IAwsBackend aws, string arn) : IResourceReader
{
    public const string Subscriptions = "Subscriptions";

    public async Task<Reading> ReadAsync(CancellationToken cancellation)
    {
        // The first hundred, which is more than this system makes.
        var response = await aws.Clients.Sns.ListSubscriptionsByTopicAsync(
            new ListSubscriptionsByTopicRequest { TopicArn = await aws.ResolveAsync(arn, cancellation) }, cancellation);
        return Of([.. response.Subscriptions?.Select(subscription => subscription.Protocol) ?? []]);
    }

    internal static Reading Of(IReadOnlyList<string> protocols)
    {
        var byProtocol = protocols.CountBy(protocol => protocol).OrderBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => count.Value == 1 ? count.Key : $"{count.Value} {count.Key}");
        return new Reading(
            protocols.Count switch
            {
                0 => "no subscription",
                1 => $"1 subscription: {protocols[0]}",
                _ => $"{protocols.Count} subscriptions: {string.Join(", ", byProtocol)}",
            },
            [(Subscriptions, protocols.Count)]);
    }
}
