using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuizAspire.AppHost.Embedded.Templates;

/// <summary>What <c>Ref</c> and <c>Fn::GetAtt</c> give of a resource.</summary>
internal interface IResourceValues
{
    bool Contains(string logicalId);

    string Ref(string logicalId);

    string GetAtt(string logicalId, string attribute);
}

/// <summary>Resolves the intrinsic functions in a value of the template.</summary>
internal sealed class ValueResolver
{
    // Told apart by reference: a property with this value is left out.
    private static readonly JsonNode NoValue = JsonValue.Create(PseudoParameters.NoValue);

    private readonly Template _template;
    private readonly string _stackName;
    private readonly IReadOnlyDictionary<string, JsonNode> _parameters;
    private readonly IResourceValues _resources;

    public ValueResolver(Template template, string stackName, IReadOnlyDictionary<string, JsonNode> parameters, IResourceValues resources)
    {
        _template = template;
        _stackName = stackName;
        _parameters = parameters;
        _resources = resources;
        Conditions = new ConditionSet(template.Conditions, Resolve);
    }

    public ConditionSet Conditions { get; }

    /// <param name="where">The place in the template, for errors.</param>
    /// <returns>The value with every function replaced; null where it is AWS::NoValue.</returns>
    public JsonNode? Resolve(JsonNode? node, string where) => Value(node, where) is var value && ReferenceEquals(value, NoValue) ? null : value;

    public string ResolveText(JsonNode? node, string where) => Text(Value(node, where), where);

    private JsonNode? Value(JsonNode? node, string where) => node switch
    {
        JsonObject { Count: 1 } function when IsFunction(function.First().Key) => Call(function.First().Key, function.First().Value, where),
        JsonObject plain => Properties(plain, where),
        JsonArray array => new JsonArray([.. array.Select((item, index) => Value(item, $"{where}/{index}")).Where(item => !ReferenceEquals(item, NoValue))]),
        _ => node?.DeepClone(),
    };

    private JsonObject Properties(JsonObject plain, string where)
    {
        var resolved = new JsonObject();
        foreach (var (name, property) in plain)
        {
            var value = Value(property, $"{where}/{name}");
            if (!ReferenceEquals(value, NoValue))
                resolved[name] = value;
        }

        return resolved;
    }

    private static bool IsFunction(string name) => name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);

    private JsonNode? Call(string function, JsonNode? argument, string where) => function switch
    {
        "Ref" => Ref(Text(argument, where), where),
        "Fn::GetAtt" => GetAtt(argument, where),
        "Fn::Sub" => Sub(argument, where),
        "Fn::Join" => Join(Arguments(function, argument, 2, where), where),
        "Fn::Select" => Select(Arguments(function, argument, 2, where), where),
        "Fn::Split" => Split(Arguments(function, argument, 2, where), where),
        "Fn::If" => If(Arguments(function, argument, 3, where), where),
        "Fn::FindInMap" => FindInMap(Arguments(function, argument, 3, where), where),
        "Fn::ImportValue" => throw new TemplateException($"{where} imports a value of another stack (Fn::ImportValue), and there is no other stack here."),
        _ => throw new TemplateException($"{where} uses {function}, which is not known here."),
    };

    private JsonNode Ref(string name, string where) =>
        name == PseudoParameters.NoValue ? NoValue
        : PseudoParameters.Find(name, _stackName) is { } pseudo ? pseudo
        : _parameters.TryGetValue(name, out var parameter) ? parameter.DeepClone()
        : _resources.Contains(name) ? _resources.Ref(name)
        : throw Unknown(name, where);

    private JsonNode GetAtt(JsonNode? argument, string where)
    {
        var (logicalId, attribute) = argument is JsonArray { Count: 2 } pair
            ? (Text(pair[0], where), Text(Value(pair[1], where), where))
            : References.SplitAttribute(Text(argument, where)) ?? throw new TemplateException($"{where}: Fn::GetAtt takes a resource and an attribute.");
        return _resources.Contains(logicalId) ? _resources.GetAtt(logicalId, attribute) : throw Unknown(logicalId, where);
    }

    private JsonNode Sub(JsonNode? argument, string where)
    {
        var (text, own) = argument is JsonArray ? Pair(Arguments("Fn::Sub", argument, 2, where)) : (Text(argument, where), []);
        return References.Substitute(text, name =>
            own.ContainsKey(name) ? ResolveText(own[name], where)
            : References.SplitAttribute(name) is { } attribute ? Text(GetAtt(new JsonArray(attribute.LogicalId, attribute.Attribute), where), where)
            : Text(Ref(name, where), where));

        (string, JsonObject) Pair(JsonArray both) =>
            (Text(both[0], where), both[1] as JsonObject ?? throw new TemplateException($"{where}: the second argument of Fn::Sub is not an object."));
    }

    private JsonNode Join(JsonArray arguments, string where) =>
        string.Join(Text(arguments[0], where), List(arguments[1], "Fn::Join", where).Select(item => Text(item, where)));

    private JsonNode? Select(JsonArray arguments, string where)
    {
        var list = List(arguments[1], "Fn::Select", where);
        var index = ResolveText(arguments[0], where);
        return int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < list.Count
            ? list[position]?.DeepClone()
            : throw new TemplateException($"{where}: Fn::Select asks for item {index} of {list.Count}.");
    }

    private JsonArray Split(JsonArray arguments, string where) =>
        new([.. ResolveText(arguments[1], where).Split(Text(arguments[0], where)).Select(part => JsonValue.Create(part))]);

    private JsonNode? If(JsonArray arguments, string where) =>
        Value(Conditions.Holds(Text(arguments[0], where)) ? arguments[1] : arguments[2], where);

    private JsonNode FindInMap(JsonArray arguments, string where)
    {
        var keys = arguments.Select(argument => ResolveText(argument, where)).ToArray();
        return _template.Mappings[keys[0]]?[keys[1]]?[keys[2]]?.DeepClone()
            ?? throw new TemplateException($"{where}: the mappings hold no {string.Join('/', keys)}.");
    }

    private JsonArray List(JsonNode? node, string function, string where) =>
        Value(node, where) as JsonArray ?? throw new TemplateException($"{where}: {function} needs a list.");

    private static JsonArray Arguments(string function, JsonNode? argument, int count, string where) =>
        argument is JsonArray array && array.Count == count ? array : throw new TemplateException($"{where}: {function} takes {count} arguments.");

    private static string Text(JsonNode? node, string where) => node?.GetValueKind() switch
    {
        JsonValueKind.String when !ReferenceEquals(node, NoValue) => node.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => node.ToJsonString(),
        _ => throw new TemplateException($"{where}: a text is needed, and this is {(ReferenceEquals(node, NoValue) ? PseudoParameters.NoValue : node?.ToJsonString() ?? "null")}."),
    };

    private static TemplateException Unknown(string name, string where) =>
        new($"{where} refers to '{name}', which is no parameter and no resource of this stack (or one whose condition does not hold).");
}
