namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>What a provisioning did, resource by resource.</summary>
internal sealed record ProvisioningReport(StackPlan Plan, IReadOnlyList<ProvisionedResource> Resources, TimeSpan Took)
{
    /// <summary>A line for each resource; a warning for a type that is not known.</summary>
    public IEnumerable<(bool Warning, string Text)> Lines() =>
        from provisioned in Resources
        let resource = provisioned.Resource
        let notes = string.Join("; ", provisioned.Notes)
        let what = $"{resource.Type.Name} {resource.Identity.Name}"
        select provisioned.Outcome switch
        {
            ProvisionOutcome.Unknown => (true, $"{what}: {notes}"),
            ProvisionOutcome.NotProvisioned => (false, $"{what}: {notes}"),
            var outcome => (false, $"{what}: {outcome.ToString().ToLowerInvariant()}{(notes.Length == 0 ? "" : $" ({notes})")}"),
        };
}
