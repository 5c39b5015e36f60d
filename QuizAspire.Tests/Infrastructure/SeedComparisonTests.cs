using System.Text.Json.Nodes;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Infrastructure;

/// <summary>
/// The template beside the table of the seed's Terraform. What is equal must be equal, what differs must differ as the table says and have its
/// reason there, and nothing of either may be missing in the table.
/// </summary>
public sealed class SeedComparisonTests(QuizStackTests.Synthesized synthesized) : IClassFixture<QuizStackTests.Synthesized>
{
    private readonly DeployedTemplate _template = new(synthesized.Stack);

    public static TheoryData<string> Addresses => [.. SeedTable.Resources.Select(resource => resource.Address)];

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Resource_is_the_seeds_but_for_what_has_a_reason(string address)
    {
        var matched = MatchAll();
        var seed = Assert.Single(SeedTable.Resources, resource => resource.Address == address);
        Assert.NotEmpty(seed.Rows);

        Assert.Empty(seed.Rows.Select(row => row.Finding(seed.Type is null ? [] : _template.Leaves(matched[address]))).OfType<string>());
    }

    [Fact]
    public void Table_accounts_for_every_property_of_the_resources()
    {
        var matched = MatchAll();
        var rows = SeedTable.Resources.Where(seed => seed.Type is not null)
            .GroupBy(seed => matched[seed.Address], seed => seed.Rows.Select(row => row.Path).OfType<string>())
            .ToDictionary(group => group.Key, group => group.SelectMany(paths => paths).ToArray());

        var missing =
            from resource in rows
            let leaves = _template.Leaves(resource.Key)
            from path in leaves.Keys
            where !leaves.Keys.Any(other => other.StartsWith($"{path}.", StringComparison.Ordinal))
                && !resource.Value.Any(row => path == row || path.StartsWith($"{row}.", StringComparison.Ordinal))
            select $"{resource.Key}: {path}";

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_other_resource_is_there_for_a_reason()
    {
        MatchAll();
        var others = synthesized.Stack.Resources.Select(resource => resource.LogicalId).Except(_template.Matched).ToArray();

        Assert.All(others, id => Assert.True(SeedTable.Beyond.Any(beyond => DeployedTemplate.Fits(beyond.LogicalIds, id)), $"Nothing says what {id} is for."));
        Assert.All(SeedTable.Beyond, beyond => Assert.True(others.Any(id => DeployedTemplate.Fits(beyond.LogicalIds, id)), $"{beyond.LogicalIds} is not in the template."));
    }

    /// <summary>Counted in the seed's text: 18 resources, 2 archives, 9 outputs and 3 variables.</summary>
    [Fact]
    public void Table_has_all_that_the_seed_has()
    {
        Assert.Equal(20, SeedTable.Resources.Select(seed => seed.Address).Distinct().Count());
        Assert.Equal(9, SeedTable.Outputs.Select(output => output.Seed).Distinct().Count());
        Assert.Equal(3, SeedTable.Parameters.Select(parameter => parameter.Seed).Distinct().Count());
    }

    [Fact]
    public void Outputs_are_the_seeds()
    {
        MatchAll();
        var outputs = synthesized.Stack.Root.GetProperty("Outputs");

        Assert.All(SeedTable.Outputs, output =>
        {
            Assert.Equal(output.Value, _template.Output(output.Here)?.ToString());
            Assert.Equal(output.Description, outputs.GetProperty(output.Here).GetProperty("Description").GetString());
        });
    }

    [Fact]
    public void Variables_are_parameters_with_the_seeds_defaults_but_for_what_has_a_reason()
    {
        var parameters = synthesized.Stack.Root.GetProperty("Parameters");

        Assert.All(SeedTable.Parameters, variable =>
        {
            Assert.True(variable.Here is null != variable.Because is null, $"{variable.Seed} is either a parameter or has a reason.");
            if (variable.Here is not null)
                Assert.Equal(variable.Default, parameters.GetProperty(variable.Here).GetProperty("Default").GetString());
        });
    }

    [Fact]
    public void Table_finds_what_is_wrong_with_itself_and_with_the_template()
    {
        var properties = new SortedDictionary<string, JsonNode?> { ["Timeout"] = 60 };

        Assert.Null(SeedRow.Same("timeout", 60, "Timeout").Finding(properties));
        Assert.Null(SeedRow.Differs("timeout", 70, "Timeout", 60, "so").Finding(properties));
        Assert.Contains("without a reason", SeedRow.Same("timeout", 70, "Timeout").Finding(properties), StringComparison.Ordinal);
        Assert.Contains("the reason is wrong", SeedRow.Differs("timeout", 60, "Timeout", 60, "so").Finding(properties), StringComparison.Ordinal);
        Assert.Contains("the table says 50", SeedRow.Differs("timeout", 70, "Timeout", 50, "so").Finding(properties), StringComparison.Ordinal);
        Assert.Contains("no such property", SeedRow.Same("memory_size", 512, "MemorySize").Finding(properties), StringComparison.Ordinal);
        Assert.Contains("without a reason", SeedRow.Absent("memory_size", 512, " ").Finding(properties), StringComparison.Ordinal);
    }

    private Dictionary<string, string> MatchAll() => SeedTable.Resources.Where(seed => seed.Type is not null)
        .ToDictionary(seed => seed.Address, _template.Match, StringComparer.Ordinal);
}
