using QuizAspire.AppHost.Monitoring.Inbox;

namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

/// <summary>The template subscribes mail addresses alone, and the emulator sends no mail: the topic's inbox takes their place.</summary>
internal sealed class SnsSubscription() : ResourceType("AWS::SNS::Subscription")
{
    public override ResourceIdentity Identify(ResourceRequest request)
    {
        var name = $"{request.StackName}-{request.LogicalId}";
        var arn = EmulatorAddresses.Arn("sns", name);
        return new(arn, name, new Dictionary<string, string>(StringComparer.Ordinal) { ["Arn"] = arn });
    }

    public override async Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation)
    {
        var protocol = resource.Properties["Protocol"].Text();
        if (!InboxQueue.IsMail(protocol))
            return new(resource, ProvisionOutcome.NotProvisioned, [$"subscriptions by {protocol} are not provisioned"]);

        var topic = resource.Properties["TopicArn"].Text() ?? "";
        var (_, isNew) = await InboxQueue.EnsureAsync(clients.Sqs, clients.Sns, topic, cancellation);
        return new(resource, isNew ? ProvisionOutcome.Created : ProvisionOutcome.Unchanged,
            [$"the queue {InboxQueue.NameOf(topic)} takes its messages for AppHost's inbox, and no mail is sent"]);
    }
}
