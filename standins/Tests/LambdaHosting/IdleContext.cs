using Amazon.Lambda.Core;

namespace Standins.Tests.LambdaHosting;

internal sealed class IdleContext : ILambdaContext
{
    public string AwsRequestId => "1";

    public string FunctionName => "f";

    public string FunctionVersion => "$LATEST";

    public string InvokedFunctionArn => "arn:aws:lambda:us-west-1:000000000000:function:f";

    public ILambdaLogger Logger => throw new NotSupportedException();

    public string LogGroupName => "g";

    public string LogStreamName => "s";

    public int MemoryLimitInMB => 512;

    public TimeSpan RemainingTime => TimeSpan.FromSeconds(30);
}
