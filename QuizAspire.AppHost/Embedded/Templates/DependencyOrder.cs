using System.Text.Json.Nodes;

namespace QuizAspire.AppHost.Embedded.Templates;

/// <summary>The order in which resources can be made: each after those that it refers to.</summary>
internal static class DependencyOrder
{
    /// <param name="resources">Those whose condition holds, in the template's order, which is kept among equals.</param>
    /// <exception cref="TemplateException">Resources wait for each other; the message names them.</exception>
    public static IReadOnlyList<TemplateResource> Of(IReadOnlyList<TemplateResource> resources, ConditionSet conditions)
    {
        var byId = resources.ToDictionary(resource => resource.LogicalId, StringComparer.Ordinal);
        var ordered = new List<TemplateResource>(resources.Count);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        foreach (var resource in resources)
            Visit(resource);
        return ordered;

        void Visit(TemplateResource resource)
        {
            if (done.Contains(resource.LogicalId))
                return;
            if (path.Contains(resource.LogicalId))
                throw new TemplateException($"Resources wait for each other: {string.Join(" -> ", path.SkipWhile(id => id != resource.LogicalId).Append(resource.LogicalId))}.");

            path.Add(resource.LogicalId);
            foreach (var needed in resource.DependsOn.Concat(ReferredTo(resource.Properties, conditions)))
                if (byId.TryGetValue(needed, out var before))
                    Visit(before);
            path.RemoveAt(path.Count - 1);
            done.Add(resource.LogicalId);
            ordered.Add(resource);
        }
    }

    /// <summary>The names that a value refers to, resources or not; of a Fn::If only the branch that counts.</summary>
    internal static IEnumerable<string> ReferredTo(JsonNode? node, ConditionSet conditions)
    {
        switch (node)
        {
            case JsonArray array:
                return array.SelectMany(item => ReferredTo(item, conditions));
            case JsonObject { Count: 1 } function:
                var (name, argument) = function.First();
                return (name, argument) switch
                {
                    ("Ref", JsonValue one) => [one.GetValue<string>()],
                    ("Fn::GetAtt", JsonArray { Count: > 0 } pair) => [pair[0]!.GetValue<string>(), .. ReferredTo(pair[^1], conditions)],
                    ("Fn::GetAtt", JsonValue dotted) => References.SplitAttribute(dotted.GetValue<string>()) is { } split ? [split.LogicalId] : [],
                    ("Fn::Sub", JsonArray { Count: 2 } pair) => [.. InText(pair[0]!.GetValue<string>()), .. ReferredTo(pair[1], conditions)],
                    ("Fn::Sub", JsonValue text) => InText(text.GetValue<string>()),
                    ("Fn::If", JsonArray { Count: 3 } choice) => ReferredTo(conditions.Holds(choice[0]!.GetValue<string>()) ? choice[1] : choice[2], conditions),
                    _ => ReferredTo(argument, conditions),
                };
            case JsonObject plain:
                return plain.SelectMany(property => ReferredTo(property.Value, conditions));
            default:
                return [];
        }
    }

    private static List<string> InText(string text)
    {
        var names = new List<string>();
        References.Substitute(text, name =>
        {
            names.Add(References.SplitAttribute(name)?.LogicalId ?? name);
            return "";
        });
        return names;
    }
}
