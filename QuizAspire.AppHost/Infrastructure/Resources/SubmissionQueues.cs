using Amazon.CDK;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Resources;

/// <summary>
/// The queue of submissions and its dead letters. The answers of an accepted submission are nowhere else until it is scored, so both
/// queues are kept as the tables are.
/// </summary>
internal sealed class SubmissionQueues : Construct
{
    private static readonly double FourDays = Duration.Days(4).ToSeconds();
    private static readonly double FourteenDays = Duration.Days(14).ToSeconds();

    public SubmissionQueues(Construct scope, ResourceParameters parameters, RemovalPolicy data)
        : base(scope, "Submissions")
    {
        DeadLetters = new SecureQueue(this, "Dlq", new CfnQueueProps
        {
            QueueName = "quiz-submissions-dlq.fifo",
            FifoQueue = true,
            MessageRetentionPeriod = FourteenDays,
        });
        Queue = new SecureQueue(this, "Queue", new CfnQueueProps
        {
            QueueName = "quiz-submissions.fifo",
            FifoQueue = true,
            ContentBasedDeduplication = true,
            DeduplicationScope = IfHighThroughput("messageGroup", "queue"),
            FifoThroughputLimit = IfHighThroughput("perMessageGroupId", "perQueue"),
            MessageRetentionPeriod = FourDays,
            VisibilityTimeout = parameters.VisibilityTimeoutSeconds,
            ReceiveMessageWaitTimeSeconds = 20,
            RedrivePolicy = DeadLetters.After(parameters.MaxReceiveCount),
        });
        DeadLetters.ApplyDataPolicy(data);
        Queue.ApplyDataPolicy(data);

        string IfHighThroughput(string perGroup, string perQueue) =>
            Fn.ConditionIf(parameters.HighThroughput.LogicalId, perGroup, perQueue).ToString()!;
    }

    public SecureQueue Queue { get; }

    public SecureQueue DeadLetters { get; }
}
