using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>
/// Where functions and API send traces and metrics in the cloud: nowhere, to X-Ray and CloudWatch, or to a collector. Their logs are in
/// CloudWatch Logs already, because Lambda puts them there: sent a second time, they would be paid for twice.
/// </summary>
internal sealed class TelemetryExport : Construct
{
    /// <summary>The parameter's value for the services of AWS themselves.</summary>
    private const string ToAwsValue = "aws";

    // Without encryption only to a collector beside the function, such as one in a layer. No slash at the end, because a path is added.
    private const string Pattern = @"^$|^aws$|^https://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]{0,200}[A-Za-z0-9._~-])?$"
        + @"|^http://(localhost|127\.0\.0\.1)(:[0-9]{1,5})?$";

    private readonly string _endpoint;
    private readonly CfnCondition _given;
    private readonly CfnCondition _toAws;

    public TelemetryExport(Construct stack)
        : base(stack, "Telemetry")
    {
        _endpoint = stack.TextParameter("TelemetryEndpoint", "", Pattern,
            "must be empty, aws, an https URL without a slash at its end, or http://localhost:4318",
            "Where traces and metrics go: nowhere when empty; 'aws' for the OTLP endpoints of X-Ray, which wants Transaction Search, and CloudWatch; "
            + "or the URL of an OpenTelemetry collector that takes OTLP over HTTP.");
        _given = new CfnCondition(stack, "TelemetryGiven", new CfnConditionProps { Expression = Fn.ConditionNot(Fn.ConditionEquals(_endpoint, "")) });
        _toAws = new CfnCondition(stack, "TelemetryToAws", new CfnConditionProps { Expression = Fn.ConditionEquals(_endpoint, ToAwsValue) });
    }

    /// <summary>Variables that OpenTelemetry's SDKs read; absent where nothing is sent.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables(string service) =>
    [
        new("OTEL_SERVICE_NAME", IfGiven(service)),
        new("OTEL_EXPORTER_OTLP_PROTOCOL", IfGiven("http/protobuf")),
        new("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", IfGiven(Endpoint("xray", "/v1/traces"))),
        new("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", IfGiven(Endpoint("monitoring", "/v1/metrics"))),
        // A sandbox is frozen, and ends without a word: its cumulative series would stop somewhere, and nobody could add up those of all sandboxes.
        new("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", IfGiven("delta")),
    ];

    /// <summary>One policy for the roles of all that sends, and only where it is AWS that takes it: neither service knows a finer resource.</summary>
    public void Allow(IEnumerable<QuizFunction> functions)
    {
        var policy = new CfnPolicy(this, "Policy", new CfnPolicyProps
        {
            PolicyName = "quiz-telemetry-policy",
            Roles = [.. functions.Select(function => function.Role.Ref)],
            PolicyDocument = new PolicyDocument(new PolicyDocumentProps
            {
                Statements = [Permissions.Allow(["*"], "xray:PutSpans", "xray:PutSpansForIndexing", "cloudwatch:PutMetricData")],
            }),
        });
        policy.CfnOptions.Condition = _toAws;
    }

    private string Endpoint(string service, string path) =>
        Choose(_toAws, $"https://{service}.{Aws.REGION}.{Aws.URL_SUFFIX}{path}", $"{_endpoint}{path}");

    private string IfGiven(string value) => Choose(_given, value, Aws.NO_VALUE);

    private static string Choose(CfnCondition condition, string yes, string no) => Fn.ConditionIf(condition.LogicalId, yes, no).ToString()!;
}
