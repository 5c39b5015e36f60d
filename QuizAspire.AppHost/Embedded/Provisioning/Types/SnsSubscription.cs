namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

/// <summary>The template subscribes mail addresses alone, and the emulator sends no mail.</summary>
internal sealed class SnsSubscription() : ResourceType("AWS::SNS::Subscription")
{
    public override ResourceIdentity Identify(ResourceRequest request)
    {
        var name = $"{request.StackName}-{request.LogicalId}";
        var arn = EmulatorAddresses.Arn("sns", name);
        return new(arn, name, new Dictionary<string, string>(StringComparer.Ordinal) { ["Arn"] = arn });
    }

    public override Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation)
    {
        var protocol = resource.Properties["Protocol"]?.ToString();
        return Task.FromResult(new ProvisionedResource(resource, ProvisionOutcome.NotProvisioned,
            [protocol is "email" or "email-json" ? "no mail is sent in a local run" : $"subscriptions by {protocol} are not provisioned"]));
    }
}
