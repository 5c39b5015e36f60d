using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>A function with its log group, its role, and the alarms on its errors and throttles.</summary>
internal sealed class QuizFunction : Construct
{
    /// <summary>Of the variables that name resources: configuration <c>AWS:Resources:*</c>, as Aspire.Hosting.AWS gives it too.</summary>
    public const string ResourcePrefix = "AWS__Resources__";

    private readonly ComputeContext _context;

    public QuizFunction(Construct scope, string id, ComputeContext context, FunctionDefinition definition)
        : base(scope, id)
    {
        _context = context;
        var logs = new QuizLogs(this, "Logs", $"/aws/lambda/{definition.Name}", context.Parameters);
        Role = ServiceRole.ForLambda(this, definition.RoleName,
            [.. definition.Permissions, Permissions.On(logs.AttrArn, "logs:CreateLogStream", "logs:PutLogEvents"), Permissions.Trace]);
        Function = new CfnFunction(this, "Function", new CfnFunctionProps
        {
            FunctionName = definition.Name,
            Description = definition.Description,
            Runtime = "dotnet10",
            Architectures = [context.Code.Architecture],
            Handler = definition.Handler,
            Code = definition.Code,
            Timeout = definition.TimeoutSeconds,
            MemorySize = definition.MemoryMegabytes,
            Role = Role.AttrArn,
            LoggingConfig = new CfnFunction.LoggingConfigProperty { LogGroup = logs.Ref, LogFormat = "JSON" },
            TracingConfig = new CfnFunction.TracingConfigProperty { Mode = "Active" },
            Environment = new CfnFunction.EnvironmentProperty { Variables = Variables(definition) },
        });
        Alarm("Errors", $"{definition.Name}-errors", $"{definition.Name} failed or ran into its timeout");
        Alarm("Throttles", $"{definition.Name}-throttles", $"{definition.Name} was refused an instance: the account's or its own concurrency is used up");
    }

    public CfnFunction Function { get; }

    public ServiceRole Role { get; }

    public string Arn => Function.AttrArn;

    /// <summary>Calls the function with the messages of a queue; only the messages that it names as failed come back.</summary>
    public void ConsumesFrom(string queueArn, int batchSize, double maximumConcurrency) =>
        _ = new CfnEventSourceMapping(this, "Source", new CfnEventSourceMappingProps
        {
            FunctionName = Arn,
            EventSourceArn = queueArn,
            BatchSize = batchSize,
            FunctionResponseTypes = ["ReportBatchItemFailures"],
            ScalingConfig = new CfnEventSourceMapping.ScalingConfigProperty { MaximumConcurrency = maximumConcurrency },
        });

    private Dictionary<string, string> Variables(FunctionDefinition definition)
    {
        var outputs = _context.Resources.Outputs.ToDictionary(output => output.Name, output => output.Value, StringComparer.Ordinal);
        var variables = new Dictionary<string, string>(definition.Settings, StringComparer.Ordinal)
        {
            ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio",
            ["OTEL_TRACES_SAMPLER_ARG"] = Token.AsString(_context.Parameters.TraceSamplingRatio),
        };
        foreach (var (name, value) in _context.Telemetry.Variables(definition.Name))
            variables.Add(name, value);
        foreach (var resource in definition.Resources)
            variables.Add(ResourcePrefix + resource, outputs[resource]);
        return variables;
    }

    private void Alarm(string metric, string name, string description) => _ = new QuizAlarm(
        this, $"{metric}Alarm", _context.Resources.Topics.Alerts.Ref, _context.ResourceParameters.AlarmPeriodSeconds, name, description,
        metric, ("AWS/Lambda", "FunctionName", Function.Ref), "Sum", 0, missingData: QuizAlarm.NoDataIsFine);
}
