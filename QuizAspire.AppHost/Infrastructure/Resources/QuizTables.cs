using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Resources;

/// <summary>
/// Results, quizzes, the records of what was accepted, jobs that make statistics, and the health check's memory. Encrypted with DynamoDB's own
/// key: a key of ours would only add a grant that can be lost and a request price to every read; whoever may read the table could use that key too.
/// </summary>
internal sealed class QuizTables
{
    private readonly Construct _scope;
    private readonly RemovalPolicy _data;

    public QuizTables(Construct scope, RemovalPolicy data)
    {
        (_scope, _data) = (scope, data);
        Results = Table("ResultsTable", "quiz-results", ("student_id", "S"), ("submission_timestamp", "S"));
        // All completed results of a quiz, for its statistics, in shards: a quiz that everybody answers at once would be one hot partition.
        Results.AttributeDefinitions = Attributes(("student_id", "S"), ("submission_timestamp", "S"), ("quiz_shard", "S"));
        Results.GlobalSecondaryIndexes = Index("quiz_shard-index", ("quiz_shard", "submission_timestamp"), "score");

        Quizzes = Table("QuizzesTable", "quiz-quizzes", ("quiz_id", "S"), ("version", "N"));
        AcceptedSubmissions = Table("AcceptedSubmissionsTable", "quiz-accepted-submissions", ("student_id", "S"), ("idempotency_key", "S"));
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
        AcceptedSubmissions.TimeToLiveSpecification = Expiry();

        StatisticsJobs = Table("StatisticsJobsTable", "quiz-statistics-jobs", ("statistics_id", "S"));
        // The newest first. A record of an acceptance, which is in this table too, is no job and has no place in the list.
        StatisticsJobs.AttributeDefinitions = Attributes(("statistics_id", "S"), ("listing", "S"), ("submitted_at", "S"));
        StatisticsJobs.GlobalSecondaryIndexes = Index("submitted-index", ("listing", "submitted_at"));
        StatisticsJobs.TimeToLiveSpecification = Expiry();

        HealthState = Table("HealthStateTable", "quiz-health-state", ("check_id", "S"));
        // Lost, it costs one alert that is told a second time.
        HealthState.PointInTimeRecoverySpecification = null;
        HealthState.DeletionProtectionEnabled = null;
        HealthState.ApplyRemovalPolicy(RemovalPolicy.DESTROY);
    }

    public CfnTable Results { get; }

    public CfnTable Quizzes { get; }

    public CfnTable AcceptedSubmissions { get; }

    /// <summary>The jobs that make statistics, and the record of what was accepted for them.</summary>
    public CfnTable StatisticsJobs { get; }

    /// <summary>What the health check last told, so that the next run tells only what is new.</summary>
    public CfnTable HealthState { get; }

    private CfnTable Table(string id, string name, params (string Name, string Type)[] key)
    {
        var table = new CfnTable(_scope, id, new CfnTableProps
        {
            TableName = name,
            BillingMode = "PAY_PER_REQUEST",
            AttributeDefinitions = Attributes(key),
            KeySchema = Key([.. key.Select(attribute => attribute.Name)]),
            PointInTimeRecoverySpecification = new CfnTable.PointInTimeRecoverySpecificationProperty { PointInTimeRecoveryEnabled = true },
            DeletionProtectionEnabled = _data == RemovalPolicy.RETAIN,
        });
        // Not as queues and buckets are: deletion protection would stop a rollback that wants to take the table back.
        table.ApplyRemovalPolicy(_data);
        return table;
    }

    private static CfnTable.TimeToLiveSpecificationProperty Expiry() => new() { AttributeName = "expires_at", Enabled = true };

    /// <param name="attributes">What of an item the index has beside its keys; none for all of it.</param>
    private static object[] Index(string name, (string Partition, string Sort) key, params string[] attributes) =>
    [
        new CfnTable.GlobalSecondaryIndexProperty
        {
            IndexName = name,
            KeySchema = Key(key.Partition, key.Sort),
            Projection = attributes is []
                ? new CfnTable.ProjectionProperty { ProjectionType = "ALL" }
                : new CfnTable.ProjectionProperty { ProjectionType = "INCLUDE", NonKeyAttributes = attributes },
        },
    ];

    private static CfnTable.AttributeDefinitionProperty[] Attributes(params (string Name, string Type)[] attributes) =>
        [.. attributes.Select(attribute => new CfnTable.AttributeDefinitionProperty { AttributeName = attribute.Name, AttributeType = attribute.Type })];

    /// <param name="attributes">The partition key, and the sort key if there is one.</param>
    private static CfnTable.KeySchemaProperty[] Key(params string[] attributes) =>
        [.. attributes.Select((name, index) => new CfnTable.KeySchemaProperty { AttributeName = name, KeyType = index == 0 ? "HASH" : "RANGE" })];
}
