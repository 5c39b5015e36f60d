using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Resources;

/// <summary>
/// Results, quizzes, the record of what was accepted, and the health check's memory. Encrypted with DynamoDB's own key: a key of ours would only
/// add a grant that can be lost and a request price to every read; whoever may read the table could use that key too.
/// </summary>
internal sealed class QuizTables
{
    private readonly Construct _scope;
    private readonly RemovalPolicy _data;

    public QuizTables(Construct scope, RemovalPolicy data)
    {
        (_scope, _data) = (scope, data);
        Results = Table("ResultsTable", "quiz-results", ("student_id", "S"), ("submission_timestamp", "S"));
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
        HealthState = Table("HealthStateTable", "quiz-health-state", ("check_id", "S"));
        // Lost, it costs one alert that is told a second time.
        HealthState.PointInTimeRecoverySpecification = null;
        HealthState.DeletionProtectionEnabled = null;
        HealthState.ApplyRemovalPolicy(RemovalPolicy.DESTROY);
        AcceptedSubmissions.TimeToLiveSpecification = new CfnTable.TimeToLiveSpecificationProperty { AttributeName = "expires_at", Enabled = true };
    }

    public CfnTable Results { get; }

    public CfnTable Quizzes { get; }

    public CfnTable AcceptedSubmissions { get; }

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

    private static CfnTable.AttributeDefinitionProperty[] Attributes(params (string Name, string Type)[] attributes) =>
        [.. attributes.Select(attribute => new CfnTable.AttributeDefinitionProperty { AttributeName = attribute.Name, AttributeType = attribute.Type })];

    /// <param name="attributes">The partition key, and the sort key if there is one.</param>
    private static CfnTable.KeySchemaProperty[] Key(params string[] attributes) =>
        [.. attributes.Select((name, index) => new CfnTable.KeySchemaProperty { AttributeName = name, KeyType = index == 0 ? "HASH" : "RANGE" })];
}
