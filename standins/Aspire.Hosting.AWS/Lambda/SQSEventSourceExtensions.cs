using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Aspire.Hosting.AWS.Lambda;

namespace Aspire.Hosting;

public static class SQSEventSourceExtensions
{
    private const string ConfigVariable = "SQS_EVENTSOURCE_CONFIG";
    private const int MaxResourceNameLength = 64;

    /// <summary>
    /// Adds the poller that invokes the function with batches of the queue's messages; as many at once as the function has replicas.
    /// </summary>
    public static IResourceBuilder<LambdaProjectResource> WithSQSEventSource(
        this IResourceBuilder<LambdaProjectResource> lambdaFunction, string queueUrl, SQSEventSourceOptions? options = null)
    {
        var builder = lambdaFunction.ApplicationBuilder;
        var function = lambdaFunction.Resource;
        var name = options?.ResourceName is { Length: > 0 } given ? given : $"SQSEventSource-{function.Name}";
        builder.AddResource(new SQSEventSourceResource(name[..Math.Min(name.Length, MaxResourceNameLength)]))
            .WithParentRelationship(lambdaFunction)
            .ExcludeFromManifest()
            .WithArgs(context => LambdaTestTool.AddArguments(context.Args, "--sqs-eventsource-config", $"env:{ConfigVariable}"))
            .WithEnvironment(context => context.EnvironmentVariables[ConfigVariable] = Config(builder, function, queueUrl, options));
        return lambdaFunction;
    }

    private static string Config(
        IDistributedApplicationBuilder builder, LambdaProjectResource function, string queueUrl, SQSEventSourceOptions? options)
    {
        var emulator = LambdaExtensions.FindEmulator(builder)
            ?? throw new InvalidOperationException("There is no Lambda service emulator for the event source.");
        var sdk = function.Annotations.OfType<SDKResourceAnnotation>().LastOrDefault()?.Config;
        (string Key, object? Value)[] settings =
        [
            ("QueueUrl", queueUrl),
            ("FunctionName", function.Name),
            ("LambdaRuntimeApi", LambdaExtensions.RuntimeApi(emulator).Url),
            ("BatchSize", options?.BatchSize),
            ("DisableMessageDelete", options?.DisableMessageDelete),
            ("VisibilityTimeout", options?.VisibilityTimeout),
            ("MaximumConcurrency", function.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas),
            ("Profile", sdk?.Profile),
            ("Region", sdk?.Region?.SystemName),
        ];
        return string.Join(',', settings.Where(setting => setting.Value is not null).Select(setting => $"{setting.Key}={setting.Value}"));
    }
}
