using Amazon.CDK.AWS.IAM;
using QuizAspire.AppHost.Infrastructure.Resources;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>Statements of the functions' roles.</summary>
internal static class Permissions
{
    /// <summary>X-Ray knows no finer resource.</summary>
    public static PolicyStatement Trace { get; } = Allow(["*"], "xray:PutTraceSegments", "xray:PutTelemetryRecords");

    public static PolicyStatement On(string resource, params string[] actions) => Allow([resource], actions);

    /// <summary>What Lambda needs to call a function with a queue's messages.</summary>
    public static PolicyStatement Consume(SecureQueue queue) => On(queue.AttrArn, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");

    /// <summary>What an encrypted topic wants of its publishers.</summary>
    public static PolicyStatement[] Publish(QuizTopics topics, string topicArn) =>
        [On(topicArn, "sns:Publish"), On(topics.Key.AttrArn, "kms:GenerateDataKey", "kms:Decrypt")];

    public static PolicyStatement Allow(string[] resources, params string[] actions) =>
        new(new PolicyStatementProps { Actions = actions, Resources = resources });
}
