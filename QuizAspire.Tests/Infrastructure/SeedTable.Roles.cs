using static QuizAspire.Tests.Infrastructure.SeedRow;

namespace QuizAspire.Tests.Infrastructure;

internal static partial class SeedTable
{
    private const string Statement = "Policies.0.PolicyDocument.Statement";
    private const string SeedsLogs = "Allow logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents on arn:aws:logs:${var.aws_region}:*:*";
    private const string OwnLogGroup = "the stack makes the log group, and a function writes to its own alone";
    private const string Inline = "the policy is written into its role, so there is nothing to attach";
    private const string Tracing = "Allow xray:PutTraceSegments xray:PutTelemetryRecords on *";

    public static readonly SeedResource[] Roles =
    [
        Role("lambda_execution_role", "quiz-processor-lambda-role", "lambda.amazonaws.com"),
        Policy("lambda_policy", "quiz-processor-lambda-policy", "quiz-processor-lambda-role",
        [
            Same("policy.Statement[0]", "Allow sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes on aws_sqs_queue.quiz_submissions_fifo.arn", $"{Statement}.0"),
            Differs("policy.Statement[1]",
                "Allow dynamodb:PutItem dynamodb:GetItem dynamodb:UpdateItem dynamodb:Query on aws_dynamodb_table.quiz_results.arn", $"{Statement}.1",
                "Allow dynamodb:BatchWriteItem dynamodb:PutItem on aws_dynamodb_table.quiz_results.arn", "the function writes results and reads none"),
            Differs("policy.Statement[2]", SeedsLogs, $"{Statement}.4", "Allow logs:CreateLogStream logs:PutLogEvents on ProcessorLogs.Arn", OwnLogGroup),
            Same("policy.Statement[3]", Tracing, $"{Statement}.5"),
            Added($"{Statement}.2", "Allow dynamodb:GetItem on QuizzesTable.Arn", "answer keys come from the stored quiz, not from the student's message"),
            Added($"{Statement}.3", "Allow dynamodb:BatchGetItem dynamodb:PutItem on AcceptedSubmissionsTable.Arn", Redriven),
        ]),
        Attachment("lambda_policy_attachment", "lambda_execution_role", "lambda_policy"),

        Role("scheduler_role", "quiz-health-check-scheduler-role", "scheduler.amazonaws.com", [Differs("assume_role_policy.Statement[0]",
            "Allow sts:AssumeRole to scheduler.amazonaws.com", "AssumeRolePolicyDocument.Statement.0",
            "Allow sts:AssumeRole to scheduler.amazonaws.com if StringEquals aws:SourceAccount AWS::AccountId",
            "the scheduler works for many accounts: it may take the role for this one only")]),
        Policy("scheduler_policy", "quiz-health-check-scheduler-policy", "quiz-health-check-scheduler-role",
            [Same("policy.Statement[0]", "Allow lambda:InvokeFunction on aws_lambda_function.health_check.arn", $"{Statement}.0")]),
        Attachment("scheduler_policy_attachment", "scheduler_role", "scheduler_policy"),

        Role("health_check_role", "quiz-health-check-lambda-role", "lambda.amazonaws.com"),
        Policy("health_check_policy", "quiz-health-check-lambda-policy", "quiz-health-check-lambda-role",
        [
            Differs("policy.Statement[0]",
                "Allow sqs:GetQueueAttributes on aws_sqs_queue.quiz_submissions_fifo.arn aws_sqs_queue.quiz_submissions_dlq.arn", $"{Statement}.0",
                "Allow sqs:GetQueueAttributes on aws_sqs_queue.quiz_submissions_fifo.arn aws_sqs_queue.quiz_submissions_dlq.arn "
                    + "StatisticsRequestsQueue.Arn StatisticsRequestsDlq.Arn StatisticsCompletedQueue.Arn StatisticsCompletedDlq.Arn",
                "the queues of the statistics pipeline are watched too"),
            Same("policy.Statement[1]", "Allow sns:Publish on aws_sns_topic.alerts.arn", $"{Statement}.3"),
            Differs("policy.Statement[2]", SeedsLogs, $"{Statement}.5", "Allow logs:CreateLogStream logs:PutLogEvents on HealthCheckLogs.Arn", OwnLogGroup),
            Same("policy.Statement[3]", Tracing, $"{Statement}.6"),
            Added($"{Statement}.1", "Allow dynamodb:GetItem dynamodb:PutItem on HealthStateTable.Arn", Remembers),
            Added($"{Statement}.2", "Allow cloudwatch:GetMetricData on *",
                "the age of the oldest message is a metric alone, and CloudWatch knows no resource for reading"),
            Added($"{Statement}.4", "Allow kms:GenerateDataKey kms:Decrypt on TopicKey.Arn", "the topic is encrypted"),
        ]),
        Attachment("health_check_policy_attachment", "health_check_role", "health_check_policy"),
    ];

    private static SeedResource Role(string address, string name, string service, params SeedRow[] trust) => new(
        $"aws_iam_role.{address}", "AWS::IAM::Role", ("RoleName", name),
        [
            Same("name", name, "RoleName"),
            Same("assume_role_policy.Version", "2012-10-17", "AssumeRolePolicyDocument.Version"),
            .. trust is [] ? [Same("assume_role_policy.Statement[0]", $"Allow sts:AssumeRole to {service}", "AssumeRolePolicyDocument.Statement.0")] : trust,
            Tags,
        ]);

    /// <summary>A policy that no other role has is written into its role.</summary>
    private static SeedResource Policy(string address, string name, string role, SeedRow[] statements) => new(
        $"aws_iam_policy.{address}", "AWS::IAM::Role", ("RoleName", role),
        [
            Same("name", name, "Policies.0.PolicyName"),
            Same("policy.Version", "2012-10-17", "Policies.0.PolicyDocument.Version"),
            .. statements,
        ]);

    private static SeedResource Attachment(string address, string role, string policy) => new($"aws_iam_role_policy_attachment.{address}", null, default,
        Absent("role", $"aws_iam_role.{role}.name", Inline),
        Absent("policy_arn", $"aws_iam_policy.{policy}.arn", Inline));
}
