using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure;

/// <summary>What keeps data: queues and tables. A developer may provision it alone.</summary>
internal sealed class QuizResources : Construct
{
    public QuizResources(Construct scope, QuizParameters parameters)
        : base(scope, "Resources")
    {
        DeadLetters = new Queue(this, "SubmissionsDlq", new QueueProps
        {
            QueueName = "quiz-submissions-dlq.fifo",
            Fifo = true,
            RetentionPeriod = Duration.Days(14),
        });
        Submissions = new Queue(this, "Submissions", new QueueProps
        {
            QueueName = "quiz-submissions.fifo",
            Fifo = true,
            ContentBasedDeduplication = true,
            // High throughput: the limit of 300 calls per second holds for each student instead of for the whole system.
            DeduplicationScope = DeduplicationScope.MESSAGE_GROUP,
            FifoThroughputLimit = FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
            RetentionPeriod = Duration.Days(4),
            VisibilityTimeout = Duration.Seconds(parameters.VisibilityTimeoutSeconds),
            ReceiveMessageWaitTime = Duration.Seconds(20),
            DeadLetterQueue = new DeadLetterQueue { Queue = DeadLetters, MaxReceiveCount = parameters.MaxReceiveCount },
        });

        Results = Table("Results", "quiz-results", ("student_id", "S"), ("submission_timestamp", "S"));
        Quizzes = Table("Quizzes", "quiz-quizzes", ("quiz_id", "S"), ("version", "N"));
        AcceptedSubmissions = Table("AcceptedSubmissions", "quiz-accepted-submissions", ("student_id", "S"), ("idempotency_key", "S"));
        // From the id alone to the record of its acceptance; local, because only a local index can be read consistently.
        AcceptedSubmissions.AttributeDefinitions = Attributes(("student_id", "S"), ("idempotency_key", "S"), ("submission_id", "S"));
        AcceptedSubmissions.LocalSecondaryIndexes = new object[]
        {
            new CfnTable.LocalSecondaryIndexProperty
            {
                IndexName = "submission_id-index",
                KeySchema = Key("student_id", "submission_id"),
                Projection = new CfnTable.ProjectionProperty { ProjectionType = "ALL" },
            },
        };
        AcceptedSubmissions.TimeToLiveSpecification = new CfnTable.TimeToLiveSpecificationProperty { AttributeName = "expires_at", Enabled = true };
    }

    public Queue Submissions { get; }

    public Queue DeadLetters { get; }

    public CfnTable Results { get; }

    public CfnTable Quizzes { get; }

    public CfnTable AcceptedSubmissions { get; }

    private CfnTable Table(string id, string name, (string Name, string Type) partitionKey, (string Name, string Type) sortKey)
    {
        var table = new CfnTable(this, id, new CfnTableProps
        {
            TableName = name,
            BillingMode = "PAY_PER_REQUEST",
            AttributeDefinitions = Attributes(partitionKey, sortKey),
            KeySchema = Key(partitionKey.Name, sortKey.Name),
            PointInTimeRecoverySpecification = new CfnTable.PointInTimeRecoverySpecificationProperty { PointInTimeRecoveryEnabled = true },
        });
        table.ApplyRemovalPolicy(RemovalPolicy.RETAIN);
        return table;
    }

    private static CfnTable.AttributeDefinitionProperty[] Attributes(params (string Name, string Type)[] attributes) =>
        [.. attributes.Select(attribute => new CfnTable.AttributeDefinitionProperty { AttributeName = attribute.Name, AttributeType = attribute.Type })];

    private static CfnTable.KeySchemaProperty[] Key(string partitionKey, string sortKey) =>
    [
        new() { AttributeName = partitionKey, KeyType = "HASH" },
        new() { AttributeName = sortKey, KeyType = "RANGE" },
    ];
}
