using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.AppHost.Monitoring.Resources;

/// <summary>Puts the stack's queues, tables and topics into the dashboard, under the stack.</summary>
internal static class StackChildExtensions
{
    public static void AddStackChildren(this IDistributedApplicationBuilder builder, IAwsBackend aws)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(aws);
        builder.Services.AddHostedService<ResourceMonitor>();

        var targets = aws.Plan.Queues.Select(queue => queue.DeadLetterQueueArn).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var queues = aws.Plan.Queues.ToDictionary(
            queue => queue.Arn, queue => builder.AddQueue(aws, queue, targets.Contains(queue.Arn)), StringComparer.Ordinal);
        foreach (var queue in aws.Plan.Queues.Where(queue => queue.DeadLetterQueueArn is not null))
            if (queues.TryGetValue(queue.DeadLetterQueueArn!, out var deadLetters))
                queues[queue.Arn].WithReferenceRelationship(deadLetters);
        foreach (var table in aws.Plan.Tables)
            builder.AddChild(aws, table.Name, "table", "DynamoDB table", "Table",
                new TableReader(aws, table.Name, countsItems: !aws.DeliversMail, TimeProvider.System));
        foreach (var topic in aws.Plan.Topics)
            builder.AddChild(aws, topic.Name, "topic", "SNS topic", "Megaphone", new TopicReader(aws, topic.Arn), ("ARN", topic.Arn));
    }

    private static IResourceBuilder<StackChild> AddQueue(
        this IDistributedApplicationBuilder builder, IAwsBackend aws, PlannedQueue queue, bool holdsDeadLetters)
    {
        var reader = new QueueReader(aws, queue, holdsDeadLetters);
        var deadLetters = aws.Plan.Queues.FirstOrDefault(other => other.Arn == queue.DeadLetterQueueArn);
        return builder.AddChild(aws, queue.Name, "queue", "SQS queue", holdsDeadLetters ? "MailDismiss" : "MailMultiple", reader,
            deadLetters is null ? [] : [("Dead letters go to", $"{deadLetters.Name} after {queue.MaxReceiveCount} receives")]);
    }

    private static IResourceBuilder<StackChild> AddChild(
        this IDistributedApplicationBuilder builder, IAwsBackend aws, string name, string kind, string type, string icon, IResourceReader reader,
        params IEnumerable<(string Name, string Value)> facts)
    {
        var child = new StackChild(StackChildNames.For(name, kind, builder.Has), name, reader);
        return builder.AddResource(child)
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = type,
                State = KnownResourceStates.NotStarted,
                Properties = [new("Name", name), .. facts.Select(fact => new ResourcePropertySnapshot(fact.Name, fact.Value))],
            })
            .WithIconName(icon)
            .WithParentRelationship(aws.Stack)
            .ExcludeFromManifest();
    }
}
