namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

/// <summary>A type that nothing here knows. What refers to it gets a made-up id, so that the rest can be provisioned.</summary>
internal sealed class UnknownType(string name) : ResourceType(name)
{
    public override ResourceIdentity Identify(ResourceRequest request)
    {
        var id = $"{request.StackName}-{request.LogicalId}";
        return new(id, id, new Dictionary<string, string>(StringComparer.Ordinal) { ["Arn"] = EmulatorAddresses.Arn("unknown", id), ["Id"] = id });
    }

    public override Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation) =>
        Task.FromResult(new ProvisionedResource(resource, ProvisionOutcome.Unknown, [$"the type {Name} is not known here, so it does not exist in this run"]));
}
