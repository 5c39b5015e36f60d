using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.IAM;
using QuizAspire.AppHost.Infrastructure.Resources;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>Statements of the functions' roles.</summary>
internal static class Permissions
{
    /// <summary>X-Ray knows no finer resource.</summary>
    public static PolicyStatement Trace { get; } = Allow(["*"], "xray:PutTraceSegments", "xray:PutTelemetryRecords");

    /// <summary>CloudWatch knows no resource for reading: whoever may read a metric may read all of the account's.</summary>
    public static PolicyStatement ReadMetrics { get; } = Allow(["*"], "cloudwatch:GetMetricData");

    public static PolicyStatement On(string resource, params string[] actions) => Allow([resource], actions);

    /// <summary>Without it S3 answers that an object may not be read, also where there is none.</summary>
    public static PolicyStatement TellMissingObjects(params CfnBucket[] buckets) =>
        Allow([.. buckets.Select(bucket => bucket.AttrArn)], "s3:ListBucket");

    /// <summary>What Lambda needs to call a function with a queue's messages.</summary>
    public static PolicyStatement Consume(SecureQueue queue) => On(queue.AttrArn, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");

    /// <summary>
    /// To look at dead letters, give them back, move them to the queue that they came from and delete them; by SQS's own move tasks, which act
    /// with the rights of whoever starts them.
    /// </summary>
    public static PolicyStatement[] HandleDeadLetters(params ReadOnlySpan<(SecureQueue From, SecureQueue To)> queues)
    {
        var (from, to) = (new List<string>(), new List<string>());
        foreach (var pair in queues)
        {
            from.Add(pair.From.AttrArn);
            to.Add(pair.To.AttrArn);
        }

        return
        [
            Allow([.. from],
                "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:PurgeQueue",
                "sqs:StartMessageMoveTask", "sqs:ListMessageMoveTasks", "sqs:CancelMessageMoveTask"),
            Allow([.. to], "sqs:SendMessage"),
        ];
    }

    /// <summary>What an encrypted topic wants of its publishers.</summary>
    public static PolicyStatement[] Publish(QuizTopics topics, string topicArn) =>
        [On(topicArn, "sns:Publish"), On(topics.Key.AttrArn, "kms:GenerateDataKey", "kms:Decrypt")];

    public static PolicyStatement Allow(string[] resources, params string[] actions) =>
        new(new PolicyStatementProps { Actions = actions, Resources = resources });
}
