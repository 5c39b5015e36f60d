namespace Amazon.Lambda.Core;

/// <summary>What one invocation knows about itself and its environment.</summary>
public interface ILambdaContext
{
    string AwsRequestId { get; }

    string FunctionName { get; }

    string FunctionVersion { get; }

    string InvokedFunctionArn { get; }

    ILambdaLogger Logger { get; }

    string LogGroupName { get; }

    string LogStreamName { get; }

    int MemoryLimitInMB { get; }

    /// <summary>What is left until the function's timeout ends this invocation; negative once it is past.</summary>
    TimeSpan RemainingTime { get; }

    /// <summary>The X-Ray trace header of this invocation.</summary>
    string TraceId => string.Empty;
}
