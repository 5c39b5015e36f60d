using static QuizAspire.Tests.Infrastructure.SeedRow;

namespace QuizAspire.Tests.Infrastructure;

internal static partial class SeedTable
{
    private const string OfAQuiz = "a quiz's results are read for its statistics, whoever the students are";

    public static readonly SeedResource[] Storage =
    [
        new("aws_dynamodb_table.quiz_results", "AWS::DynamoDB::Table", ("TableName", "quiz-results"),
        [
            Same("name", "quiz-results", "TableName"),
            Same("billing_mode", "PAY_PER_REQUEST", "BillingMode"),
            Same("hash_key", new { AttributeName = "student_id", KeyType = "HASH" }, "KeySchema.0"),
            Same("range_key", new { AttributeName = "submission_timestamp", KeyType = "RANGE" }, "KeySchema.1"),
            Same("attribute[0]", new { AttributeName = "student_id", AttributeType = "S" }, "AttributeDefinitions.0"),
            Same("attribute[1]", new { AttributeName = "submission_timestamp", AttributeType = "S" }, "AttributeDefinitions.1"),
            Same("point_in_time_recovery.enabled", true, "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled"),
            Tags,
            Added("AttributeDefinitions.2", new { AttributeName = "quiz_shard", AttributeType = "S" }, OfAQuiz),
            Added("GlobalSecondaryIndexes.0", new
            {
                IndexName = "quiz_shard-index",
                KeySchema = new[] { new { AttributeName = "quiz_shard", KeyType = "HASH" }, new { AttributeName = "submission_timestamp", KeyType = "RANGE" } },
                Projection = new { NonKeyAttributes = new[] { "score" }, ProjectionType = "INCLUDE" },
            }, OfAQuiz),
            Added("DeletionProtectionEnabled", true, "results are kept when somebody deletes the stack or, by mistake, the table"),
        ]),
    ];
}
