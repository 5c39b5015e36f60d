using System.Text.Json.Nodes;

namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>How resources of one CloudFormation type are named, and made in an emulator. One small file each, listed in <see cref="ResourceTypes"/>.</summary>
internal abstract class ResourceType(string name)
{
    public string Name => name;

    /// <summary>What the resource will be called; known before any emulator runs, because their ids follow from the names.</summary>
    public abstract ResourceIdentity Identify(ResourceRequest request);

    /// <summary>Makes the resource, or brings the one that is there to the template's state. Repeating it changes nothing.</summary>
    public abstract Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation);
}

/// <param name="Properties">Resolved.</param>
internal sealed record ResourceRequest(string StackName, string LogicalId, JsonObject Properties, EmulatorAddresses Addresses)
{
    /// <summary>The name that the template gives, or one made of the stack's and the resource's names, as CloudFormation does.</summary>
    public string NameOr(string property, string suffix = "") => Properties[property]?.GetValue<string>() ?? $"{StackName}-{LogicalId}{suffix}";
}

/// <param name="PhysicalId">What <c>Ref</c> gives.</param>
/// <param name="Name">What the resource is called in the log.</param>
/// <param name="Attributes">What <c>Fn::GetAtt</c> gives.</param>
internal sealed record ResourceIdentity(string PhysicalId, string Name, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A resource with everything about it resolved.</summary>
internal sealed record PlannedResource(string LogicalId, ResourceType Type, ResourceIdentity Identity, JsonObject Properties);

internal enum ProvisionOutcome
{
    Created,
    Updated,
    Unchanged,

    /// <summary>No emulator holds it; the notes say who supplies it instead, or that nobody does.</summary>
    NotProvisioned,

    /// <summary>Its type is not known here.</summary>
    Unknown,
}

/// <param name="Notes">What the emulator cannot do, a line each.</param>
internal sealed record ProvisionedResource(PlannedResource Resource, ProvisionOutcome Outcome, IReadOnlyList<string> Notes);
