using QuizAspire.AppHost.Embedded.Templates;

namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>Makes the plan of a template: pure, so AppHost can read it while it is composed.</summary>
internal static class StackPlanner
{
    /// <param name="parameters">Values for parameters of the template that are not to have their defaults.</param>
    /// <exception cref="TemplateException">The template cannot be read or resolved.</exception>
    public static StackPlan Plan(
        string templateJson, string stackName, EmulatorAddresses addresses, IReadOnlyDictionary<string, string>? parameters = null)
    {
        try
        {
            return Plan(Template.Parse(templateJson), stackName, addresses, parameters);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            // What System.Text.Json throws where a text stands and a number is, and the like; or a text that is to be a number and is none.
            throw new TemplateException($"The template has a value of the wrong kind: {exception.Message}");
        }
    }

    private static StackPlan Plan(Template template, string stackName, EmulatorAddresses addresses, IReadOnlyDictionary<string, string>? parameters)
    {
        var planned = new PlannedValues();
        var resolver = new ValueResolver(template, stackName, TemplateParameter.Values(template.Parameters, parameters), planned);
        var present = template.Resources.Values.Where(resource => resource.Condition is null || resolver.Conditions.Holds(resource.Condition));

        foreach (var resource in DependencyOrder.Of([.. present], resolver.Conditions))
        {
            var properties = resolver.Resolve(resource.Properties, $"Resources/{resource.LogicalId}/Properties")!.AsObject();
            var type = ResourceTypes.For(resource.Type);
            var identity = type.Identify(new ResourceRequest(stackName, resource.LogicalId, properties, addresses));
            planned.Add(new PlannedResource(resource.LogicalId, type, identity, properties));
        }

        var outputs = template.Outputs.Values
            .Where(output => output.Condition is null || resolver.Conditions.Holds(output.Condition))
            .ToDictionary(output => output.Name, output => resolver.ResolveText(output.Value, $"Outputs/{output.Name}"), StringComparer.Ordinal);
        return new StackPlan(stackName, addresses, planned.All, outputs, FunctionReader.Read(planned.All));
    }

    /// <summary>What is planned so far, for <c>Ref</c> and <c>Fn::GetAtt</c>.</summary>
    private sealed class PlannedValues : IResourceValues
    {
        private readonly OrderedDictionary<string, PlannedResource> _planned = new(StringComparer.Ordinal);

        public IReadOnlyList<PlannedResource> All => _planned.Values;

        public void Add(PlannedResource resource) => _planned.Add(resource.LogicalId, resource);

        public bool Contains(string logicalId) => _planned.ContainsKey(logicalId);

        public string Ref(string logicalId) => _planned[logicalId].Identity.PhysicalId;

        public string GetAtt(string logicalId, string attribute) => _planned[logicalId] is var resource && resource.Identity.Attributes.TryGetValue(attribute, out var value)
            ? value
            : throw new TemplateException(
                $"{logicalId} ({resource.Type.Name}) has no attribute '{attribute}' here; it has {string.Join(", ", resource.Identity.Attributes.Keys)}.");
    }
}
