using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace QuizAspire.AppHost.Monitoring.Inbox;

/// <summary>The inbox in the dashboard: a line of its log for each notification.</summary>
/// <param name="topicArns">As planned.</param>
/// <param name="url">Where its notifications are to be had.</param>
internal sealed class InboxResource(string name, IReadOnlyList<string> topicArns, string url) : Resource(name)
{
    public IReadOnlyList<string> TopicArns => topicArns;

    public string Url => url;

    /// <summary>What the dashboard lists of it.</summary>
    public static ImmutableArray<ResourcePropertySnapshot> Properties(long arrived, Notification? last) =>
    [
        new("Notifications", arrived),
        new("Last subject", last?.Subject ?? ""),
        new("Last topic", last?.Topic ?? ""),
    ];
}
