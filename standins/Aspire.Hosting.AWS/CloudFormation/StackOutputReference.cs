using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.CloudFormation;

/// <summary>An output of a stack, known once the stack has been provisioned.</summary>
public class StackOutputReference(string name, ICloudFormationResource resource) : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    public string Name { get; } = name;

    public ICloudFormationResource Resource { get; } = resource;

    /// <exception cref="InvalidOperationException">The stack has no such output, or none yet.</exception>
    public string? Value => Resource.Outputs?.Find(output => output.OutputKey == Name) is { } found
        ? found.OutputValue
        : throw new InvalidOperationException($"No output {Name} of CloudFormation stack {Resource.StackName}");

    public string ValueExpression => $"{{{Resource.Name}.output.{Name}}}";

    IEnumerable<object> IValueWithReferences.References => [Resource];

    /// <summary>Waits for the stack; when it could not be provisioned, throws the reason.</summary>
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        if (Resource.ProvisioningTaskCompletionSource is { } provisioning)
            await provisioning.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Value;
    }
}
