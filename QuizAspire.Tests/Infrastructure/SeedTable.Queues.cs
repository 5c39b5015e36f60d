using static QuizAspire.Tests.Infrastructure.SeedRow;

namespace QuizAspire.Tests.Infrastructure;

internal static partial class SeedTable
{
    private const string HighThroughput = "300 calls a second are few for a whole system; the parameter HighThroughputFifo=false gives the seed's";

    private static SeedRow Encryption => Added("SqsManagedSseEnabled", true, "encryption at rest is said and tested, not left to the service's default");

    public static readonly SeedResource[] Queues =
    [
        new("aws_sqs_queue.quiz_submissions_dlq", "AWS::SQS::Queue", ("QueueName", "quiz-submissions-dlq.fifo"),
        [
            Same("name", "quiz-submissions-dlq.fifo", "QueueName"),
            Same("fifo_queue", true, "FifoQueue"),
            Same("message_retention_seconds", 1209600, "MessageRetentionPeriod"),
            Tags,
            Encryption,
        ]),
        new("aws_sqs_queue.quiz_submissions_fifo", "AWS::SQS::Queue", ("QueueName", "quiz-submissions.fifo"),
        [
            Same("name", "quiz-submissions.fifo", "QueueName"),
            Same("fifo_queue", true, "FifoQueue"),
            Same("content_based_deduplication", true, "ContentBasedDeduplication"),
            Differs("deduplication_scope", "queue", "DeduplicationScope", "messageGroup", HighThroughput),
            Differs("fifo_throughput_limit", "perQueue", "FifoThroughputLimit", "perMessageGroupId", HighThroughput),
            Same("message_retention_seconds", 345600, "MessageRetentionPeriod"),
            Same("visibility_timeout_seconds", 70, "VisibilityTimeout"),
            Same("receive_wait_time_seconds", 20, "ReceiveMessageWaitTimeSeconds"),
            Same("redrive_policy.deadLetterTargetArn", "aws_sqs_queue.quiz_submissions_dlq.arn", "RedrivePolicy.deadLetterTargetArn"),
            Same("redrive_policy.maxReceiveCount", 3, "RedrivePolicy.maxReceiveCount"),
            Tags,
            Encryption,
        ]),
    ];
}
