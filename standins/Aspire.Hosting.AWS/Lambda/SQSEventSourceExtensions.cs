using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Aspire.Hosting.AWS.CloudFormation;
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
        this IResourceBuilder<LambdaProjectResource> lambdaFunction, string queueUrl, SQSEventSourceOptions? options = null) =>
        AddEventSource(lambdaFunction, $"SQSEventSource-{lambdaFunction.Resource.Name}", _ => ValueTask.FromResult(queueUrl), options);

    /// <summary>The same for a queue whose URL is an output of a stack; the poller, named after the output too, starts when the stack is there.</summary>
    public static IResourceBuilder<LambdaProjectResource> WithSQSEventSource(
        this IResourceBuilder<LambdaProjectResource> lambdaFunction, StackOutputReference queueCfnOutputReference,
        SQSEventSourceOptions? options = null) =>
        AddEventSource(lambdaFunction, NameOf(lambdaFunction.Resource.Name, queueCfnOutputReference.Name), async cancellationToken =>
        {
            var url = await queueCfnOutputReference.GetValueAsync(cancellationToken).ConfigureAwait(false);
            return Uri.IsWellFormedUriString(url, UriKind.Absolute)
                ? url!
                : throw new InvalidOperationException($"Output {queueCfnOutputReference.Name} is not the URL of a queue: '{url}'");
        }, options);

    private static IResourceBuilder<LambdaProjectResource> AddEventSource(
        IResourceBuilder<LambdaProjectResource> lambdaFunction, string defaultName, Func<CancellationToken, ValueTask<string>> queueUrl,
        SQSEventSourceOptions? options)
    {
        var builder = lambdaFunction.ApplicationBuilder;
        var name = options?.ResourceName is { Length: > 0 } given ? given : defaultName;
        builder.AddResource(new SQSEventSourceResource(name[..Math.Min(name.Length, MaxResourceNameLength)]))
            .WithParentRelationship(lambdaFunction)
            .ExcludeFromManifest()
            .WithArgs(context => LambdaTestTool.AddArguments(context.Args, "--sqs-eventsource-config", $"env:{ConfigVariable}"))
            .WithEnvironment(async context => context.EnvironmentVariables[ConfigVariable] =
                Config(builder, lambdaFunction.Resource, await queueUrl(context.CancellationToken).ConfigureAwait(false), options));
        return lambdaFunction;
    }

    /// <summary>A name that is too long keeps its start, and a hash of the output's name in place of it.</summary>
    private static string NameOf(string function, string output)
    {
        var prefix = $"SQSEventSource-{function}-";
        if (prefix.Length + output.Length <= MaxResourceNameLength)
            return prefix + output;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(output)))[..8];
        return prefix[..Math.Min(prefix.Length, MaxResourceNameLength - hash.Length)] + hash;
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
