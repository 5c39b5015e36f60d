namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

internal sealed class EventSourceMapping() : ResourceType(TypeName)
{
    public const string TypeName = "AWS::Lambda::EventSourceMapping";

    public override ResourceIdentity Identify(ResourceRequest request)
    {
        var id = $"{request.StackName}-{request.LogicalId}";
        return new(id, id, new Dictionary<string, string>(StringComparer.Ordinal) { ["Id"] = id });
    }

    public override Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation) =>
        Task.FromResult(new ProvisionedResource(resource, ProvisionOutcome.NotProvisioned,
            [resource.Properties["Enabled"]?.ToString() == "false" ? "the template has it disabled" : "AppHost polls the queue for the function"]));
}
