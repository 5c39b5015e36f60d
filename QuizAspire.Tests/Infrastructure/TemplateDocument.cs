using System.Text.Json;

namespace QuizAspire.Tests.Infrastructure;

/// <summary>A synthesized template, as it is in its file.</summary>
public sealed class TemplateDocument(string path)
{
    public string Path => path;

    public JsonElement Root { get; } = JsonElement.Parse(File.ReadAllText(path));

    public IEnumerable<TemplateEntry> Resources => Root.GetProperty(nameof(Resources)).EnumerateObject()
        .Select(resource => new TemplateEntry(resource.Name, resource.Value.GetProperty(nameof(TemplateEntry.Type)).GetString()!, resource.Value));

    public IEnumerable<TemplateEntry> OfType(string type) => Resources.Where(resource => resource.Type == type);
}

/// <param name="Definition">The resource with its policies and condition.</param>
public sealed record TemplateEntry(string LogicalId, string Type, JsonElement Definition)
{
    public JsonElement Properties => Definition.GetProperty(nameof(Properties));

    public JsonElement this[string property] => Properties.GetProperty(property);

    public bool Has(string property) => Properties.TryGetProperty(property, out _);
}
