using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuizAspire.AppHost.Embedded.Templates;

/// <summary>The template's conditions, each evaluated once, when first asked for.</summary>
/// <param name="resolve">Resolves a value inside a condition, where only parameters and mappings may stand.</param>
internal sealed class ConditionSet(JsonObject conditions, Func<JsonNode?, string, JsonNode?> resolve)
{
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly List<string> _asking = [];

    public bool Holds(string name)
    {
        if (_known.TryGetValue(name, out var known))
            return known;
        if (!conditions.TryGetPropertyValue(name, out var definition))
            throw new TemplateException($"There is no condition '{name}'.");
        if (_asking.Contains(name))
            throw new TemplateException($"Conditions rest on each other: {string.Join(" -> ", _asking.SkipWhile(asked => asked != name).Append(name))}.");

        _asking.Add(name);
        var holds = Evaluate(definition, $"Conditions/{name}");
        _asking.RemoveAt(_asking.Count - 1);
        return _known[name] = holds;
    }

    private bool Evaluate(JsonNode? node, string where)
    {
        if (node is not JsonObject { Count: 1 } function)
            throw new TemplateException($"{where} is not a condition: {node?.ToJsonString() ?? "null"}.");

        var (name, argument) = function.First();
        return name switch
        {
            "Condition" => Holds(argument!.GetValue<string>()),
            "Fn::Equals" => Equal(Arguments(argument, 2, 2)),
            "Fn::And" => Arguments(argument, 2, 10).All(one => Evaluate(one, where)),
            "Fn::Or" => Arguments(argument, 2, 10).Any(one => Evaluate(one, where)),
            "Fn::Not" => !Evaluate(Arguments(argument, 1, 1)[0], where),
            _ => throw new TemplateException($"{where}: {name} is not a condition function."),
        };

        bool Equal(JsonArray sides) => Text(resolve(sides[0], where)) == Text(resolve(sides[1], where));

        JsonArray Arguments(JsonNode? list, int least, int most) => list is JsonArray array && array.Count >= least && array.Count <= most
            ? array
            : throw new TemplateException($"{where}: {name} takes {(least == most ? $"{least}" : $"{least} to {most}")} arguments.");
    }

    /// <summary>CloudFormation compares texts: the parameter 3 equals "3".</summary>
    private static string Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value?.ToJsonString() ?? "";
}
