using static QuizAspire.Tests.Infrastructure.SeedRow;

namespace QuizAspire.Tests.Infrastructure;

internal static partial class SeedTable
{
    public static readonly SeedResource[] Topics =
    [
        new("aws_sns_topic.alerts", "AWS::SNS::Topic", ("TopicName", "quiz-processing-alerts"),
        [
            Same("name", "quiz-processing-alerts", "TopicName"),
            Tags,
            Added("KmsMasterKeyId", "TopicKey.Arn", "encryption at rest, with a key of ours because alarms cannot use SNS's own"),
        ]),
    ];

    public static readonly SeedResource[] Alarms =
    [
        new("aws_cloudwatch_metric_alarm.queue_depth_alarm", "AWS::CloudWatch::Alarm", ("AlarmName", "quiz-queue-depth-high"),
        [
            Same("alarm_name", "quiz-queue-depth-high", "AlarmName"),
            Same("comparison_operator", "GreaterThanThreshold", "ComparisonOperator"),
            Same("evaluation_periods", 2, "EvaluationPeriods"),
            Same("metric_name", "ApproximateNumberOfMessagesVisible", "MetricName"),
            Same("namespace", "AWS/SQS", "Namespace"),
            Same("period", 300, "Period"),
            Same("statistic", "Average", "Statistic"),
            Same("threshold", 100, "Threshold"),
            Same("alarm_description", "Triggers when quiz queue depth exceeds 100 messages", "AlarmDescription"),
            Same("dimensions.QueueName", new[] { new { Name = "QueueName", Value = "aws_sqs_queue.quiz_submissions_fifo.name" } }, "Dimensions"),
            Same("alarm_actions", new[] { "aws_sns_topic.alerts.arn" }, "AlarmActions"),
            Tags,
        ]),
    ];

    public static readonly SeedResource[] Schedules =
    [
        new("aws_scheduler_schedule.health_check_schedule", "AWS::Scheduler::Schedule", ("Name", "quiz-queue-health-check-schedule"),
        [
            Same("name", "quiz-queue-health-check-schedule", "Name"),
            Same("group_name", "default", "GroupName"),
            Same("flexible_time_window.mode", "OFF", "FlexibleTimeWindow.Mode"),
            Same("schedule_expression", "rate(5 minutes)", "ScheduleExpression"),
            Same("target.arn", "aws_lambda_function.health_check.arn", "Target.Arn"),
            Same("target.role_arn", "aws_iam_role.scheduler_role.arn", "Target.RoleArn"),
            Same("target.retry_policy.maximum_event_age_in_seconds", 3600, "Target.RetryPolicy.MaximumEventAgeInSeconds"),
            Same("target.retry_policy.maximum_retry_attempts", 3, "Target.RetryPolicy.MaximumRetryAttempts"),
            Added("State", "ENABLED", "said, because a deployment may look for what was switched off by hand"),
        ]),
    ];
}
