namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

internal sealed class LambdaFunction() : ResourceType(TypeName)
{
    public const string TypeName = "AWS::Lambda::Function";

    public override ResourceIdentity Identify(ResourceRequest request)
    {
        var name = request.NameOr("FunctionName");
        return new(name, name, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Arn"] = EmulatorAddresses.Arn("lambda", $"function:{name}"),
        });
    }

    public override Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation)
    {
        var who = resource.Identity.Name switch
        {
            ResourceNames.ApiFunction => $"AppHost runs it as the process {ResourceNames.Api}",
            var name when ResourceNames.Functions.Contains(name) => "AppHost runs it under the Lambda emulator",
            _ => "not run in a local run",
        };
        return Task.FromResult(new ProvisionedResource(
            resource, ProvisionOutcome.NotProvisioned, resource.Properties.ContainsKey("TracingConfig") ? [who, "X-Ray is not emulated"] : [who]));
    }
}
