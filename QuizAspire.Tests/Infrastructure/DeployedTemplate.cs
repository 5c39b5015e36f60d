using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace QuizAspire.Tests.Infrastructure;

/// <summary>
/// The template with the defaults of its parameters, written as the seed writes: references by Terraform's addresses, statements and tags
/// in one piece. It knows only what this template uses, and nothing of the reader that AppHost has.
/// </summary>
internal sealed class DeployedTemplate(TemplateDocument document)
{
    // What Terraform calls the values that CloudFormation gives of a resource.
    private static readonly Dictionary<(string Type, string Attribute), string> TerraformAttributes = new()
    {
        [("AWS::SQS::Queue", "Ref")] = "id",
        [("AWS::SQS::Queue", "Arn")] = "arn",
        [("AWS::SQS::Queue", "QueueName")] = "name",
        [("AWS::DynamoDB::Table", "Ref")] = "name",
        [("AWS::DynamoDB::Table", "Arn")] = "arn",
        [("AWS::SNS::Topic", "Ref")] = "arn",
        [("AWS::IAM::Role", "Arn")] = "arn",
        [("AWS::Lambda::Function", "Arn")] = "arn",
        [("AWS::CloudWatch::Alarm", "Ref")] = "alarm_name",
    };

    private readonly JsonObject _root = JsonNode.Parse(document.Root.GetRawText())!.AsObject();
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);

    /// <summary>Logical ids of the resources that have a seed's address so far.</summary>
    public IReadOnlyCollection<string> Matched => _addresses.Keys;

    /// <summary>Finds the one resource that stands for the seed's; from here on references to it are written with its address.</summary>
    public string Match(SeedResource seed)
    {
        var found = document.OfType(seed.Type!).Where(resource => resource.Has(seed.Named.Property)
            && Resolve(JsonNode.Parse(resource[seed.Named.Property].GetRawText()))?.ToString() == seed.Named.Value);
        var logicalId = Assert.Single(found).LogicalId;
        // A policy is in the role of its own, which other rows refer to.
        _addresses.TryAdd(logicalId, seed.Address);
        return logicalId;
    }

    public JsonNode? Output(string name) => Resolve(_root["Outputs"]![name]!["Value"]);

    /// <summary>Every property of a resource by its path, with its value: what a table of the resource must account for.</summary>
    public SortedDictionary<string, JsonNode?> Leaves(string logicalId)
    {
        var leaves = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        Collect("", Resolve(_root["Resources"]![logicalId]!["Properties"]));
        return leaves;

        void Collect(string path, JsonNode? node)
        {
            IEnumerable<(string, JsonNode?)> parts = node switch
            {
                JsonObject { Count: > 0 } several => several.Select(property => (property.Key, property.Value)),
                JsonArray { Count: > 0 } several => several.Select((item, index) => ($"{index}", item)),
                _ => [],
            };
            if (path.Length > 0)
                leaves[path] = node;
            foreach (var (name, value) in parts)
                Collect(path.Length == 0 ? name : $"{path}.{name}", value);
        }
    }

    private JsonNode? Resolve(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } call when call.ContainsKey("Ref") => Ref(call["Ref"]!.GetValue<string>()),
        JsonObject { Count: 1 } call when call["Fn::GetAtt"] is JsonArray of => Value(of[0]!.GetValue<string>(), of[1]!.GetValue<string>()),
        JsonObject { Count: 1 } call when call["Fn::If"] is JsonArray choice => Resolve(choice[Holds(_root["Conditions"]![choice[0]!.GetValue<string>()]!) ? 1 : 2]),
        JsonObject { Count: 1 } call when call["Fn::Join"] is JsonArray parts => string.Concat(parts[1]!.AsArray().Select(Resolve)),
        JsonObject statement when statement.ContainsKey("Action") => Statement(statement),
        JsonObject plain => new JsonObject(plain.Select(property => KeyValuePair.Create(property.Key, Resolve(property.Value)))
            .Where(property => property.Value is not JsonValue value || value.ToString() != "AWS::NoValue")),
        JsonArray tags when tags.Count > 0 && tags.All(tag => tag is JsonObject { Count: 2 } pair && pair.ContainsKey("Key")) =>
            new JsonObject(tags.Select(tag => KeyValuePair.Create(tag!["Key"]!.GetValue<string>(), Resolve(tag["Value"])))),
        JsonArray list => new JsonArray([.. list.Select(Resolve)]),
        _ => node?.DeepClone(),
    };

    private JsonNode? Ref(string name) =>
        _root["Parameters"]![name] is { } parameter ? Default(parameter)
        : _root["Resources"]!.AsObject().ContainsKey(name) ? Value(name, "Ref")
        : name;

    /// <summary>A number may stand there as a text.</summary>
    private static JsonNode? Default(JsonNode parameter) => parameter["Type"]!.GetValue<string>() == "Number"
        ? JsonNode.Parse(parameter["Default"]!.ToString())
        : parameter["Default"]!.DeepClone();

    private string Value(string logicalId, string attribute)
    {
        var type = _root["Resources"]![logicalId]!["Type"]!.GetValue<string>();
        return _addresses.TryGetValue(logicalId, out var address) ? $"{address}.{TerraformAttributes[(type, attribute)]}"
            : attribute == "Ref" ? logicalId
            : $"{logicalId}.{attribute}";
    }

    private bool Holds(JsonNode condition) => condition switch
    {
        JsonObject call when call["Fn::Equals"] is JsonArray sides => Resolve(sides[0])?.ToString() == Resolve(sides[1])?.ToString(),
        JsonObject call when call["Fn::Not"] is JsonArray one => !Holds(one[0]!),
        _ => throw new NotSupportedException(condition.ToJsonString()),
    };

    /// <summary>Such as <c>Allow sqs:ReceiveMessage sqs:DeleteMessage on ARN</c>.</summary>
    private string Statement(JsonObject statement)
    {
        var text = $"{statement["Effect"]} {Words(statement["Action"])}";
        text += statement["Resource"] is { } resource ? $" on {Words(resource)}" : "";
        text += statement["Principal"] is JsonObject principal ? $" to {string.Join(' ', principal.Select(one => Words(one.Value)))}" : "";
        foreach (var (test, keys) in statement["Condition"] as JsonObject ?? [])
            text += $" if {test} {string.Join(' ', keys!.AsObject().Select(key => $"{key.Key} {Words(key.Value)}"))}";
        return text;
    }

    private string Words(JsonNode? oneOrMore) => string.Join(' ', (oneOrMore is JsonArray list ? list : [oneOrMore?.DeepClone()]).Select(one => Resolve(one)));

    public static bool Fits(string pattern, string logicalId) =>
        Regex.IsMatch(logicalId, $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$");
}
