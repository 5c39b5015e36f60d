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
        string[] notes = resource.Properties.ContainsKey("TracingConfig")
            ? ["AppHost runs it under the Lambda emulator", "X-Ray is not emulated"]
            : ["AppHost runs it under the Lambda emulator"];
        return Task.FromResult(new ProvisionedResource(resource, ProvisionOutcome.NotProvisioned, notes));
    }
}
