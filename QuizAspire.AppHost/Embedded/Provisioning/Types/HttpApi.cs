namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

/// <summary>The API Gateway in front of the API, which listens by itself in a local run. Addresses made of its id say that it is none.</summary>
internal sealed class HttpApi() : ResourceType("AWS::ApiGatewayV2::Api")
{
    private const string Id = "not-emulated";

    public override ResourceIdentity Identify(ResourceRequest request) =>
        new(Id, request.NameOr("Name"), new Dictionary<string, string>(StringComparer.Ordinal) { ["ApiId"] = Id });

    public override Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation) =>
        Task.FromResult(new ProvisionedResource(resource, ProvisionOutcome.NotProvisioned, ["the API is a process of its own in a local run"]));
}
