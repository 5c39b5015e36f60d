using QuizAspire.AppHost.Embedded.Templates;

namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

/// <summary>A type that no emulator holds.</summary>
/// <param name="reason">Who supplies it instead, or why nobody needs to.</param>
/// <param name="nameProperty">The property with its name, if it can have one.</param>
/// <param name="service">The service in its ARN, if it has one.</param>
/// <param name="arnPrefix">What precedes the name in the ARN.</param>
/// <param name="idAttribute">The attribute that gives its id.</param>
internal sealed class NotProvisioned(
    string type, string reason, string? nameProperty = null, string? service = null, string arnPrefix = "", string idAttribute = "Id") : ResourceType(type)
{
    public override ResourceIdentity Identify(ResourceRequest request)
    {
        var name = nameProperty is not null && request.Properties[nameProperty]?.GetValueKind() == System.Text.Json.JsonValueKind.String
            ? request.NameOr(nameProperty)
            : $"{request.StackName}-{request.LogicalId}";
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal) { [idAttribute] = name };
        if (service == "iam")
            attributes["Arn"] = $"arn:aws:iam::{PseudoParameters.AccountId}:{arnPrefix}{name}";
        else if (service is not null)
            attributes["Arn"] = EmulatorAddresses.Arn(service, $"{arnPrefix}{name}{(service == "logs" ? ":*" : "")}");
        return new(name, name, attributes);
    }

    public override Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation) =>
        Task.FromResult(new ProvisionedResource(resource, ProvisionOutcome.NotProvisioned, [reason]));
}
