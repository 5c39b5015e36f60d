using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>All processes of the application.</summary>
internal sealed class ProcessInstances
{
    private ImmutableDictionary<string, ProcessInstance> _byName = ImmutableDictionary<string, ProcessInstance>.Empty;

    public IEnumerable<ProcessInstance> All => _byName.Values;

    public static bool IsProcess(IResource resource) => resource is ExecutableResource or ProjectResource;

    public void Add(DistributedApplicationModel model)
    {
        var instances = model.Resources.Where(IsProcess).SelectMany(resource =>
        {
            resource.EnsureInstances();
            return resource.GetInstances().Select(identity => new ProcessInstance(resource, identity));
        });
        _byName = instances.ToImmutableDictionary(instance => instance.Name, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<ProcessInstance> Of(IResource resource) => [.. resource.GetInstances().Select(identity => _byName[identity.Name])];

    public bool TryGet(string name, [NotNullWhen(true)] out ProcessInstance? instance) => _byName.TryGetValue(name, out instance);
}
