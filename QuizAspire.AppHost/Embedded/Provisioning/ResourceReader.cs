using QuizAspire.AppHost.Embedded.Provisioning.Types;

namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>Reads what keeps data, and what tells people, from planned resources.</summary>
internal static class ResourceReader
{
    public static IReadOnlyList<PlannedQueue> Queues(IEnumerable<PlannedResource> resources) =>
    [
        .. from queue in resources
           where queue.Type is SqsQueue
           let redrive = queue.Properties["RedrivePolicy"]
           select new PlannedQueue(
               queue.Identity.Name,
               queue.Identity.PhysicalId,
               queue.Identity.Attributes["Arn"],
               queue.Properties["FifoQueue"].Truth() ?? false,
               redrive?["deadLetterTargetArn"].Text(),
               redrive?["maxReceiveCount"].Number()),
    ];

    public static IReadOnlyList<PlannedTable> Tables(IEnumerable<PlannedResource> resources) =>
        [.. resources.Where(resource => resource.Type is DynamoDbTable).Select(table => new PlannedTable(table.Identity.Name))];

    public static IReadOnlyList<PlannedTopic> Topics(IEnumerable<PlannedResource> resources) =>
        [.. resources.Where(resource => resource.Type is SnsTopic).Select(topic => new PlannedTopic(topic.Identity.Name, topic.Identity.PhysicalId))];

    public static IReadOnlyList<PlannedSubscription> Subscriptions(IEnumerable<PlannedResource> resources) =>
    [
        .. from subscription in resources
           where subscription.Type is SnsSubscription
           let properties = subscription.Properties
           select new PlannedSubscription(
               properties["TopicArn"].Text() ?? "", properties["Protocol"].Text() ?? "", properties["Endpoint"].Text() ?? ""),
    ];
}
