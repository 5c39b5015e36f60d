using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace QuizAspire.AppHost.Embedded.Templates;

/// <summary>One parameter with its rules; values are checked as CloudFormation checks them before it creates anything.</summary>
internal sealed record TemplateParameter(string Name, string Type, JsonObject Rules)
{
    public static TemplateParameter Read(string name, JsonObject entry) => new(
        name,
        entry[nameof(Type)]?.GetValue<string>() ?? throw new TemplateException($"Parameters/{name} has no Type."),
        entry);

    /// <summary>The parameters' values, from the overrides and the defaults.</summary>
    /// <exception cref="TemplateException">A value is missing or against a rule, or an override names no parameter.</exception>
    public static IReadOnlyDictionary<string, JsonNode> Values(
        IReadOnlyDictionary<string, TemplateParameter> parameters, IReadOnlyDictionary<string, string>? overrides)
    {
        if (overrides?.Keys.FirstOrDefault(name => !parameters.ContainsKey(name)) is { } unknown)
            throw new TemplateException($"The template has no parameter '{unknown}'. It has: {string.Join(", ", parameters.Keys)}.");

        return parameters.ToDictionary(
            parameter => parameter.Key,
            parameter => parameter.Value.Value(overrides?.GetValueOrDefault(parameter.Key)),
            StringComparer.Ordinal);
    }

    private JsonNode Value(string? given)
    {
        var text = given ?? Text(Rules["Default"]) ?? throw Error("has no value and no default");
        if (Type.StartsWith("AWS::SSM::Parameter::Value", StringComparison.Ordinal))
            throw Error("is read from the Parameter Store, which is not emulated; give it a value of its own type");

        if (Type == "CommaDelimitedList" || Type.StartsWith("List<", StringComparison.Ordinal))
            return new JsonArray([.. text.Split(',', StringSplitOptions.TrimEntries).Select(Item)]);
        return Item(text);

        JsonNode Item(string item)
        {
            Check(item);
            return Type.Contains("Number", StringComparison.Ordinal) ? JsonValue.Create(Number(item)) : JsonValue.Create(item);
        }
    }

    private void Check(string value)
    {
        if (Rules["AllowedValues"] is JsonArray allowed && !allowed.Any(one => Text(one) == value))
            throw Error($"is '{value}', not one of {string.Join(", ", allowed.Select(Text))}");
        if (Rules["AllowedPattern"] is { } pattern && !Regex.IsMatch(value, $"^(?:{pattern.GetValue<string>()})$", RegexOptions.None, TimeSpan.FromSeconds(1)))
            throw Error($"is '{value}', which does not match {pattern}");
        if (Limit("MinLength") is { } shortest && value.Length < shortest)
            throw Error($"is shorter than {shortest} characters");
        if (Limit("MaxLength") is { } longest && value.Length > longest)
            throw Error($"is longer than {longest} characters");
        if (Limit("MinValue") is { } least && Number(value) < least)
            throw Error($"is {value}, less than {least}");
        if (Limit("MaxValue") is { } most && Number(value) > most)
            throw Error($"is {value}, more than {most}");
    }

    private decimal? Limit(string rule) => Text(Rules[rule]) is { } text ? Number(text) : null;

    private decimal Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Error($"is '{text}', not a number");

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node?.ToJsonString();

    private TemplateException Error(string what) => new($"Parameter '{Name}' {what}.");
}
