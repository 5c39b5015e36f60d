namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>
/// A line of JSON for each request: how long it took and where. Not who sent it, from which address, with what browser, or the path, in
/// which a student's id stands. The function's own log knows the request by the invocation's id.
/// </summary>
internal static class AccessLog
{
    private static readonly (string Name, string Variable)[] Fields =
    [
        ("request_id", "requestId"),
        ("invocation_id", "integration.requestId"),
        ("time", "requestTimeEpoch"),
        ("method", "httpMethod"),
        ("protocol", "protocol"),
        ("status", "status"),
        ("response_bytes", "responseLength"),
        ("latency_ms", "responseLatency"),
        ("integration_status", "integration.status"),
        ("integration_latency_ms", "integration.latency"),
        ("integration_error", "integration.error"),
        ("error", "error.message"),
    ];

    public static string Format { get; } = $"{{{string.Join(',', Fields.Select(field => $"\"{field.Name}\":\"$context.{field.Variable}\""))}}}";
}
