using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Who uses another resource ends before it: an API can send what it has accepted, and every process its last telemetry.
/// DCP would end all at once, and a process that then waits for a peer in vain takes as long as it is allowed to.
/// </summary>
internal static class StopOrder
{
    public static IEnumerable<IReadOnlyList<IResource>> WavesOf(IEnumerable<IResource> model)
    {
        var all = model.ToList();
        var waves = new Dictionary<IResource, int>();
        foreach (var resource in all)
            Place(resource, 0, []);
        var last = waves.Values.DefaultIfEmpty().Max() + 1;
        foreach (var dashboard in all.Where(resource => resource.Name == DashboardResource.Name))
            waves[dashboard] = last;
        return waves.GroupBy(entry => entry.Value, entry => entry.Key).OrderBy(wave => wave.Key).Select(wave => wave.ToList());

        void Place(IResource resource, int wave, HashSet<IResource> above)
        {
            // A circle of relationships has no order; it is cut where it closes.
            if (!above.Add(resource))
                return;
            waves[resource] = Math.Max(wave, waves.GetValueOrDefault(resource));
            foreach (var used in UsedBy(resource).Where(all.Contains))
                Place(used, wave + 1, above);
            above.Remove(resource);
        }
    }

    private static IEnumerable<IResource> UsedBy(IResource resource)
        => resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource)
            .Concat(resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(relationship => relationship.Resource))
            .Distinct();
}
