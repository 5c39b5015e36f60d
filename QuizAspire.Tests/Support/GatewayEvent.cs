using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuizAspire.Tests.Support;

/// <summary>A request as an API Gateway HTTP API sends it to a function, in payload format 2.0 as AWS documents it.</summary>
/// <param name="target">Path and query as they stand in the request line.</param>
internal sealed class GatewayEvent(string method, string target)
{
    public const string Domain = "id.execute-api.us-west-1.amazonaws.com";

    /// <summary>Each in lower case, several values joined by commas, as API Gateway has them.</summary>
    public Dictionary<string, string> Headers { get; } = new()
    {
        ["accept"] = "*/*",
        ["host"] = Domain,
        ["user-agent"] = "agent",
        ["x-amzn-trace-id"] = "Root=1-67891233-abcdef012345678912345678",
        ["x-forwarded-for"] = "192.0.2.1",
        ["x-forwarded-port"] = "443",
        ["x-forwarded-proto"] = "https",
    };

    public string[]? Cookies { get; init; }

    public string? Body { get; private set; }

    public bool IsBase64Encoded { get; private set; }

    public string Stage { get; init; } = "$default";

    /// <summary>JSON of the authorizer's part; null for an open route.</summary>
    public string? Authorizer { get; init; }

    public GatewayEvent WithHeader(string name, string value)
    {
        Headers[name] = value;
        return this;
    }

    public GatewayEvent WithText(string body, string contentType = "application/json")
    {
        (Body, IsBase64Encoded) = (body, false);
        Headers["content-length"] = $"{Encoding.UTF8.GetByteCount(body)}";
        return WithHeader("content-type", contentType);
    }

    public GatewayEvent WithBytes(byte[] body, string contentType = "application/octet-stream")
    {
        (Body, IsBase64Encoded) = (Convert.ToBase64String(body), true);
        Headers["content-length"] = $"{body.Length}";
        return WithHeader("content-type", contentType);
    }

    public string ToJson()
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = question < 0 ? (target, "") : (target[..question], target[(question + 1)..]);
        var gatewayEvent = new JsonObject
        {
            ["version"] = "2.0",
            ["routeKey"] = "$default",
            ["rawPath"] = path,
            ["rawQueryString"] = query,
            ["headers"] = new JsonObject(Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))),
            ["requestContext"] = new JsonObject
            {
                ["accountId"] = "123456789012",
                ["apiId"] = "id",
                ["authentication"] = null,
                ["domainName"] = Domain,
                ["domainPrefix"] = "id",
                ["http"] = new JsonObject
                {
                    ["method"] = method, ["path"] = path, ["protocol"] = "HTTP/1.1", ["sourceIp"] = "192.0.2.1", ["userAgent"] = "agent",
                },
                ["requestId"] = "JKJaXmPLvHcESHA=",
                ["routeKey"] = "$default",
                ["stage"] = Stage,
                ["time"] = "12/Mar/2026:19:03:58 +0000",
                ["timeEpoch"] = 1773342238390,
            },
            ["isBase64Encoded"] = IsBase64Encoded,
        };
        if (Cookies is not null)
            gatewayEvent["cookies"] = new JsonArray([.. Cookies.Select(cookie => (JsonNode)cookie)]);
        if (Body is not null)
            gatewayEvent["body"] = Body;
        if (Authorizer is not null)
            gatewayEvent["requestContext"]!["authorizer"] = JsonNode.Parse(Authorizer);
        return gatewayEvent.ToJsonString();
    }
}

/// <summary>A function's answer as API Gateway reads it.</summary>
internal sealed class GatewayAnswer(string json)
{
    private readonly JsonElement _answer = JsonElement.Parse(json);

    public int StatusCode => _answer.GetProperty("statusCode").GetInt32();

    public bool IsBase64Encoded => _answer.GetProperty("isBase64Encoded").GetBoolean();

    public string Body => _answer.GetProperty("body").GetString()!;

    public JsonElement BodyJson => JsonElement.Parse(Body);

    public byte[] Bytes => IsBase64Encoded ? Convert.FromBase64String(Body) : Encoding.UTF8.GetBytes(Body);

    public string[] Cookies => _answer.TryGetProperty("cookies", out var cookies) ? [.. cookies.EnumerateArray().Select(c => c.GetString()!)] : [];

    public string? this[string header] => _answer.GetProperty("headers").EnumerateObject()
        .Where(each => each.Name.Equals(header, StringComparison.OrdinalIgnoreCase)).Select(each => each.Value.GetString()).SingleOrDefault();
}
