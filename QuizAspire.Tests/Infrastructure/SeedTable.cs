using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuizAspire.Tests.Infrastructure;

/// <summary>A resource of the seed's Terraform beside the one of the template that stands for it.</summary>
/// <param name="Address">As Terraform writes it; the addresses that other rows refer to.</param>
/// <param name="Type">CloudFormation's; null where the template needs no such resource, and then its one row says why.</param>
/// <param name="Named">A property of the template's resource, with the value by which it is found.</param>
public sealed record SeedResource(string Address, string? Type, (string Property, string Value) Named, params SeedRow[] Rows)
{
    public override string ToString() => Address;
}

/// <summary>One value of the seed and the template's for it.</summary>
/// <param name="Seed">The seed's property; null for what only the template has.</param>
/// <param name="Value">The seed's value, references as Terraform writes them.</param>
/// <param name="Path">Where the template has it, below Properties; null where it has no such property.</param>
/// <param name="Here">The template's value where that differs.</param>
/// <param name="Because">Why it differs; null where it must not.</param>
public sealed record SeedRow(string? Seed, JsonNode? Value, string? Path, JsonNode? Here, string? Because)
{
    public static SeedRow Same(string seed, object value, string path) => new(seed, Json(value), path, null, null);

    public static SeedRow Differs(string seed, object value, string path, object here, string because) => new(seed, Json(value), path, Json(here), because);

    public static SeedRow Absent(string seed, object value, string because) => new(seed, Json(value), null, null, because);

    public static SeedRow Added(string path, object here, string because) => new(null, null, path, Json(here), because);

    /// <summary>The seed's variable of tags, which every resource that has tags gives.</summary>
    public static SeedRow Tags { get; } = Differs(
        "tags", new { Environment = "production", Application = "quiz-processor", ManagedBy = "terraform" }, "Tags",
        new { Environment = "production", Application = "quiz-processor", ManagedBy = "cloudformation" },
        "the tag names the tool that holds the resource's state");

    /// <summary>What is wrong with the row, or with the template by it; null when nothing is.</summary>
    /// <param name="properties">Of the template's resource, by their paths.</param>
    public string? Finding(SortedDictionary<string, JsonNode?> properties)
    {
        var what = $"{Seed ?? "(added)"} -> {Path ?? "(absent)"}";
        if (Path is null)
            return string.IsNullOrWhiteSpace(Because) ? $"{what}: left out without a reason" : null;
        if (!properties.TryGetValue(Path, out var actual))
            return $"{what}: the template has no such property";

        var equal = Seed is not null && JsonNode.DeepEquals(Value, actual);
        return (Because, equal) switch
        {
            (null, true) => null,
            (null, false) => $"{what}: {actual?.ToJsonString()} differs from the seed's {Value?.ToJsonString()} without a reason",
            (_, true) => $"{what}: equal, so the reason is wrong: {Because}",
            _ when !JsonNode.DeepEquals(Here, actual) => $"{what}: {actual?.ToJsonString()}, and the table says {Here?.ToJsonString()}",
            _ => null,
        };
    }

    private static JsonNode? Json(object value) => JsonSerializer.SerializeToNode(value);
}
