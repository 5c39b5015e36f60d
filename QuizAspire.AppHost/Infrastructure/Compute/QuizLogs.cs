using Amazon.CDK;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>A log group that keeps its lines for as long as the parameter says, and goes with the stack.</summary>
internal sealed class QuizLogs : CfnLogGroup
{
    public QuizLogs(Construct scope, string id, string name, ComputeParameters parameters)
        : base(scope, id, new CfnLogGroupProps { LogGroupName = name, RetentionInDays = parameters.LogRetentionDays }) =>
        ApplyRemovalPolicy(RemovalPolicy.DESTROY);
}
