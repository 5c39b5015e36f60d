namespace QuizAspire.Tests.Infrastructure;

/// <summary>Outputs and variables of the seed, and what of the template has no counterpart in its Terraform.</summary>
internal static partial class SeedTable
{
    /// <summary>Every resource, each after those that it refers to.</summary>
    public static IEnumerable<SeedResource> Resources => [.. Queues, .. Storage, .. Topics, .. Roles, .. Functions, .. EventSources, .. Alarms, .. Schedules];

    /// <summary>The seed's output, the template's, and what both say.</summary>
    public static readonly (string Seed, string Here, string Description, string Value)[] Outputs =
    [
        ("sqs_queue_url", "SqsQueueUrl", "URL of the SQS FIFO queue", "aws_sqs_queue.quiz_submissions_fifo.id"),
        ("sqs_queue_arn", "SqsQueueArn", "ARN of the SQS FIFO queue", "aws_sqs_queue.quiz_submissions_fifo.arn"),
        ("dlq_url", "DlqUrl", "URL of the Dead Letter Queue", "aws_sqs_queue.quiz_submissions_dlq.id"),
        ("dynamodb_table_name", "DynamodbTableName", "Name of the DynamoDB table", "aws_dynamodb_table.quiz_results.name"),
        ("dynamodb_table_arn", "DynamodbTableArn", "ARN of the DynamoDB table", "aws_dynamodb_table.quiz_results.arn"),
        ("lambda_function_arn", "LambdaFunctionArn", "ARN of the quiz processor Lambda function", "aws_lambda_function.quiz_processor.arn"),
        ("health_check_lambda_arn", "HealthCheckLambdaArn", "ARN of the health check Lambda function", "aws_lambda_function.health_check.arn"),
        ("sns_topic_arn", "SnsTopicArn", "ARN of the SNS topic for alerts", "aws_sns_topic.alerts.arn"),
        ("cloudwatch_alarm_name", "CloudwatchAlarmName", "Name of the CloudWatch alarm", "aws_cloudwatch_metric_alarm.queue_depth_alarm.alarm_name"),
    ];

    /// <summary>The seed's variables with their defaults; where the template has no such parameter, the reason.</summary>
    public static readonly (string Seed, string Default, string? Here, string? Because)[] Parameters =
    [
        ("aws_region", "us-west-1", null, "a stack is where it is deployed; the local run and the deployment guide take us-west-1"),
        ("tags", "Environment, Application, ManagedBy", null, "the same three on every resource, as in the seed's default; `aws cloudformation deploy --tags` adds others"),
        ("alert_email", "", "AlertEmail", null),
    ];

    /// <summary>Logical ids of what the seed's Terraform does not have, with `*` for any text, and what they are for.</summary>
    public static readonly (string LogicalIds, string Because)[] Beyond =
    [
        ("RawScoresBucket*", "the other seed: the bucket of CSV files"),
        ("StatisticsRequests*", "the other seed: its SQS Queue 1"),
        ("StatisticsCalculator*", "the other seed: its Analytics-Calculator-Lambda"),
        ("StatisticsBucket*", "the other seed: the bucket of computed statistics"),
        ("StatisticsCompleted*", "the other seed: its SQS Queue 2"),
        ("ResultNotifier*", "the other seed: its Result-Notifier-Lambda"),
        ("StatisticsJobsTable", "a job can be asked for: queued, running, completed or failed"),
        ("StatisticsTopic*", "the other seed: its SNS"),
        ("Api*", "the other seed: its Request-Receiver-Lambda"),
        ("Http*", "the other seed: its API Gateway, with AWS_IAM in place of NONE"),
        ("QuizzesTable", "answer keys stay on the server"),
        ("AcceptedSubmissionsTable", "nothing accepted is lost or scored twice"),
        ("Submissions*Policy", "no call without TLS"),
        ("AlertsTopicPolicy", "no call without TLS; the account's alarms may publish"),
        ("AlertsTopicEmail", "the seed's alert_email, which its Terraform declares and does not use"),
        ("TopicKey", "encryption at rest"),
        ("SubmissionsDlqAlarm", "dead letters are told at once"),
        ("HealthStateTable", "the health check tells what is new, and so must remember what it told"),
        ("HealthCheckInvocation", "a failed check is not repeated: it has told so, and the next run comes in minutes"),
        ("TelemetryPolicy", "where traces and metrics go to AWS's own OTLP endpoints, those want a permission"),
        ("ProcessorLogs", "logs have a retention"),
        ("HealthCheckLogs", "logs have a retention"),
        ("Processor*Alarm", "errors and throttles are told"),
        ("HealthCheck*Alarm", "errors and throttles are told"),
    ];
}
