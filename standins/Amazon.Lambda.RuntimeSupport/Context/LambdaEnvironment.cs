using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>What the platform tells a function by environment variables.</summary>
internal sealed record LambdaEnvironment(
    string RuntimeApi, string FunctionName, string FunctionVersion, string LogGroupName, string LogStreamName, int MemorySizeInMB)
{
    public static LambdaEnvironment Read(LambdaBootstrapOptions options) => new(
        string.IsNullOrEmpty(options.RuntimeApiEndpoint) ? Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") : options.RuntimeApiEndpoint,
        Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME"),
        Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_VERSION"),
        Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_GROUP_NAME"),
        Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_STREAM_NAME"),
        int.TryParse(Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), out var memory) ? memory : 0);
}
