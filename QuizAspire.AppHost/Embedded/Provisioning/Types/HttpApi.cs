namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

/// <summary>The API Gateway in front of the API: in a local run the API listens by itself, and its address is the endpoint.</summary>
internal sealed class HttpApi() : ResourceType("AWS::ApiGatewayV2::Api")
{
    public override ResourceIdentity Identify(ResourceRequest request) => new(
        $"{request.StackName}-{request.LogicalId}".ToLowerInvariant(),
        request.NameOr("Name"),
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ApiId"] = $"{request.StackName}-{request.LogicalId}".ToLowerInvariant(),
            ["ApiEndpoint"] = request.Addresses.Api,
        });

    public override Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation) =>
        Task.FromResult(new ProvisionedResource(resource, ProvisionOutcome.NotProvisioned, ["the API is a process of its own in a local run"]));
}
