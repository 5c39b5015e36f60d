using Amazon.CDK;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Resources;

/// <summary>
/// One step of the statistics pipeline: a standard queue with its dead letters. A message only names an object in a bucket, so the order does
/// not matter, and the job can be asked for again where a queue is deleted.
/// </summary>
internal sealed class StatisticsQueues : Construct
{
    private static readonly double FourDays = Duration.Days(4).ToSeconds();
    private static readonly double FourteenDays = Duration.Days(14).ToSeconds();

    /// <summary>AWS's guidance for an event source; the seed gives these queues no numbers.</summary>
    public const int Receives = 5;

    /// <param name="name">Of the queue; the queue of its dead letters is named after it.</param>
    public StatisticsQueues(Construct scope, string id, string name, double visibilityTimeoutSeconds)
        : base(scope, id)
    {
        DeadLetters = new SecureQueue(this, "Dlq", new CfnQueueProps
        {
            QueueName = $"{name}-dlq",
            MessageRetentionPeriod = FourteenDays,
        });
        Queue = new SecureQueue(this, "Queue", new CfnQueueProps
        {
            QueueName = name,
            MessageRetentionPeriod = FourDays,
            VisibilityTimeout = visibilityTimeoutSeconds,
            ReceiveMessageWaitTimeSeconds = 20,
            RedrivePolicy = DeadLetters.After(Receives),
        });
        DeadLetters.ApplyRemovalPolicy(RemovalPolicy.DESTROY);
        Queue.ApplyRemovalPolicy(RemovalPolicy.DESTROY);
    }

    public SecureQueue Queue { get; }

    public SecureQueue DeadLetters { get; }
}
