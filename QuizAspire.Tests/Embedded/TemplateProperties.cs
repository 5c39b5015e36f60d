using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Embedded.Templates;

namespace QuizAspire.Tests.Embedded;

public sealed class TemplateProperties
{
    private static readonly EmulatorAddresses Addresses = new(4566, 8000);

    /// <summary>Edges from a later resource to an earlier one can make no cycle, whatever the order in the template.</summary>
    [Fact]
    public void Every_resource_comes_after_what_it_refers_to() => Prop.ForAll(Graphs(), graph =>
    {
        var order = StackPlanner.Plan(TemplateOf(graph), "stack", Addresses).Resources.Select(resource => resource.LogicalId).ToList();

        Assert.Equal(graph.Size, order.Count);
        Assert.All(graph.Edges, edge => Assert.True(order.IndexOf($"R{edge.To}") < order.IndexOf($"R{edge.From}")));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_cycle_is_named_in_full() => Prop.ForAll(Gen.Choose(1, 8).ToArbitrary(), size =>
    {
        var ring = new Graph(size, [.. Enumerable.Range(0, size)], [.. Enumerable.Range(0, size).Select(from => new Edge(from, (from + 1) % size, from % 4))]);

        var error = Assert.Throws<TemplateException>(() => StackPlanner.Plan(TemplateOf(ring), "stack", Addresses));

        Assert.All(Enumerable.Range(0, size), resource => Assert.Contains($"R{resource}", error.Message, StringComparison.Ordinal));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Escaped_text_survives_substitution() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
    {
        var escaped = text.Get.Replace("${", "${!", StringComparison.Ordinal);
        var closed = text.Get.Contains("${", StringComparison.Ordinal) ? escaped + "}" : escaped;

        Assert.Equal(
            text.Get.Contains("${", StringComparison.Ordinal) ? text.Get + "}" : text.Get,
            References.Substitute(closed, _ => throw new InvalidOperationException("Nothing is to be substituted.")));
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<Graph> Graphs() => (
        from size in Gen.Choose(1, 12)
        from order in Gen.Shuffle(Enumerable.Range(0, size).ToArray())
        from edges in Edges(size)
        select new Graph(size, order, edges)).ToArbitrary();

    private static Gen<Edge[]> Edges(int size) => size < 2
        ? Gen.Constant(Array.Empty<Edge>())
        : (from @from in Gen.Choose(1, size - 1)
           from to in Gen.Choose(0, @from - 1)
           from form in Gen.Choose(0, 3)
           select new Edge(@from, to, form)).ArrayOf();

    private static string TemplateOf(Graph graph)
    {
        var resources = new JsonObject();
        foreach (var resource in graph.Order)
        {
            var mine = graph.Edges.Where(edge => edge.From == resource).ToArray();
            resources[$"R{resource}"] = new JsonObject
            {
                ["Type"] = "AWS::IAM::Role",
                ["DependsOn"] = new JsonArray([.. mine.Where(edge => edge.Form == 3).Select(edge => JsonValue.Create($"R{edge.To}"))]),
                ["Properties"] = new JsonObject { ["List"] = new JsonArray([.. mine.Where(edge => edge.Form < 3).Select(Reference)]) },
            };
        }

        return new JsonObject { ["Resources"] = resources }.ToJsonString();
    }

    private static JsonNode Reference(Edge edge) => edge.Form switch
    {
        0 => new JsonObject { ["Ref"] = $"R{edge.To}" },
        1 => new JsonObject { ["Fn::GetAtt"] = new JsonArray($"R{edge.To}", "Arn") },
        _ => new JsonObject { ["Fn::Sub"] = $"${{!R{edge.From}}} ${{R{edge.To}.Arn}}" },
    };

    /// <param name="Form">0 Ref, 1 Fn::GetAtt, 2 Fn::Sub, 3 DependsOn.</param>
    private sealed record Edge(int From, int To, int Form);

    private sealed record Graph(int Size, int[] Order, Edge[] Edges);
}
