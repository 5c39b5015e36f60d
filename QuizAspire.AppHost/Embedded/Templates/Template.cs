using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuizAspire.AppHost.Embedded.Templates;

/// <summary>A CloudFormation template in JSON, read but not resolved.</summary>
internal sealed record Template(
    IReadOnlyDictionary<string, TemplateParameter> Parameters,
    JsonObject Mappings,
    JsonObject Conditions,
    IReadOnlyDictionary<string, TemplateResource> Resources,
    IReadOnlyDictionary<string, TemplateOutput> Outputs)
{
    // Rules are checked by CloudFormation before a deployment; a local run has nothing for them to check.
    private static readonly string[] Sections =
        ["AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Mappings", "Conditions", "Rules", "Resources", "Outputs"];

    /// <exception cref="TemplateException">It is no template, or has a section that is not known.</exception>
    public static Template Parse(string json)
    {
        var root = Read(json);
        if (root.Select(section => section.Key).FirstOrDefault(name => !Sections.Contains(name, StringComparer.Ordinal)) is { } unknown)
            throw new TemplateException($"The template has a section '{unknown}', which is not known here.");

        var resources = Entries(Section(root, "Resources"), "Resources", TemplateResource.Read);
        if (resources.Count == 0)
            throw new TemplateException("The template has no resources.");
        foreach (var resource in resources.Values)
            if (resource.DependsOn.FirstOrDefault(id => !resources.ContainsKey(id)) is { } missing)
                throw new TemplateException($"Resources/{resource.LogicalId} depends on '{missing}', which is no resource of this stack.");

        return new Template(
            Entries(Section(root, "Parameters"), "Parameters", TemplateParameter.Read),
            Section(root, "Mappings"),
            Section(root, "Conditions"),
            resources,
            Entries(Section(root, "Outputs"), "Outputs", TemplateOutput.Read));
    }

    private static JsonObject Read(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw new TemplateException("The template is not a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new TemplateException($"The template is not JSON: {exception.Message}");
        }
    }

    private static JsonObject Section(JsonObject root, string name) => root[name] switch
    {
        null => [],
        JsonObject section => section,
        _ => throw new TemplateException($"{name} is not an object."),
    };

    /// <summary>In the template's order, so that everything made from it has one order too.</summary>
    private static OrderedDictionary<string, T> Entries<T>(JsonObject section, string where, Func<string, JsonObject, T> read)
    {
        var entries = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, value) in section)
            entries.Add(name, value is JsonObject entry ? read(name, entry) : throw new TemplateException($"{where}/{name} is not an object."));
        return entries;
    }
}

internal sealed record TemplateResource(string LogicalId, string Type, JsonObject Properties, string? Condition, IReadOnlyList<string> DependsOn)
{
    public static TemplateResource Read(string logicalId, JsonObject entry) => new(
        logicalId,
        entry[nameof(Type)]?.GetValue<string>() ?? throw new TemplateException($"Resources/{logicalId} has no Type."),
        entry[nameof(Properties)] as JsonObject ?? [],
        entry[nameof(Condition)]?.GetValue<string>(),
        entry[nameof(DependsOn)] switch
        {
            null => [],
            JsonArray several => [.. several.Select(one => one!.GetValue<string>())],
            var one => [one.GetValue<string>()],
        });
}

internal sealed record TemplateOutput(string Name, JsonNode? Value, string? Condition)
{
    public static TemplateOutput Read(string name, JsonObject entry) => new(name, entry[nameof(Value)], entry[nameof(Condition)]?.GetValue<string>());
}
