using Amazon.CDK.AWS.SQS;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Resources;

/// <summary>A queue that is encrypted and takes no call without TLS.</summary>
internal sealed class SecureQueue : CfnQueue
{
    public SecureQueue(Construct scope, string id, CfnQueueProps props)
        : base(scope, id, props)
    {
        SqsManagedSseEnabled = true;
        _ = new CfnQueuePolicy(scope, $"{id}Policy", new CfnQueuePolicyProps
        {
            Queues = [Ref],
            PolicyDocument = SecureTransport.Policy(SecureTransport.Only("sqs:*", AttrArn)),
        });
    }

    /// <summary>The redrive policy of a queue whose dead letters come here.</summary>
    /// <param name="maxReceiveCount">Receives of a message before it does.</param>
    public Dictionary<string, object> After(double maxReceiveCount) => new()
    {
        ["deadLetterTargetArn"] = AttrArn,
        ["maxReceiveCount"] = maxReceiveCount,
    };
}
