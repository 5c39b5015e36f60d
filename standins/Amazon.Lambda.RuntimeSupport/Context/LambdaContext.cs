using System.Globalization;
using System.Net.Http.Headers;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

internal sealed class LambdaContext(
    HttpResponseHeaders headers, LambdaEnvironment environment, ILambdaLogger logger, TimeProvider time) : ILambdaContext
{
    private readonly long _deadline =
        long.TryParse(Header(headers, "Lambda-Runtime-Deadline-Ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var deadline)
            ? deadline
            : 0;

    public string AwsRequestId { get; } = Header(headers, "Lambda-Runtime-Aws-Request-Id");

    public string InvokedFunctionArn { get; } = Header(headers, "Lambda-Runtime-Invoked-Function-Arn");

    public string TraceId { get; } = Header(headers, "Lambda-Runtime-Trace-Id");

    public string FunctionName => environment.FunctionName;

    public string FunctionVersion => environment.FunctionVersion;

    public string LogGroupName => environment.LogGroupName;

    public string LogStreamName => environment.LogStreamName;

    public int MemoryLimitInMB => environment.MemorySizeInMB;

    public ILambdaLogger Logger => logger;

    public TimeSpan RemainingTime => DateTimeOffset.FromUnixTimeMilliseconds(_deadline) - time.GetUtcNow();

    private static string Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
