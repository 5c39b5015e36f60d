using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Scheduler;
using Constructs;
using QuizAspire.AppHost.Infrastructure.Resources;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>Looks at every queue on a schedule, and tells the alerts topic when too much waits.</summary>
internal static class HealthCheckFunction
{
    private const string Name = "quiz-queue-health-check";

    public static QuizFunction Add(Construct scope, ComputeContext context)
    {
        var resources = context.Resources;
        SecureQueue[] watched =
        [
            resources.Submissions.Queue, resources.Submissions.DeadLetters,
            resources.StatisticsRequests.Queue, resources.StatisticsRequests.DeadLetters,
            resources.StatisticsCompleted.Queue, resources.StatisticsCompleted.DeadLetters,
        ];
        var function = new QuizFunction(scope, "HealthCheck", context, new FunctionDefinition(
            Name, "Alerts when too much waits in a queue or among its dead letters.", TimeoutSeconds: 30, MemoryMegabytes: 256)
        {
            Code = context.Code.Functions,
            RoleName = "quiz-health-check-lambda-role",
            Permissions =
            [
                Permissions.Allow([.. watched.Select(queue => queue.AttrArn)], "sqs:GetQueueAttributes"),
                Permissions.On(resources.Tables.HealthState.AttrArn, "dynamodb:GetItem", "dynamodb:PutItem"),
                Permissions.ReadMetrics,
                .. Permissions.Publish(resources.Topics, resources.Topics.Alerts.Ref),
            ],
            Resources =
            [
                "SqsQueueUrl", "DlqUrl",
                "StatisticsRequestsQueueUrl", "StatisticsRequestsDlqUrl", "StatisticsCompletedQueueUrl", "StatisticsCompletedDlqUrl",
                "SnsTopicArn", "HealthStateTableName",
            ],
            Settings = new Dictionary<string, string>
            {
                ["QUIZASPIRE_FUNCTION"] = Name,
                // Alerts above, in messages: visible ones among dead letters, visible and in flight elsewhere.
                ["QUIZASPIRE_DLQ_THRESHOLD"] = Token.AsString(context.Parameters.DeadLetterThreshold),
                ["QUIZASPIRE_QUEUE_THRESHOLD"] = Token.AsString(context.Parameters.QueueThreshold),
            },
        });
        DoNotRepeat(scope, function);
        Schedule(new Construct(scope, "HealthCheckSchedule"), function, context.Parameters.HealthCheckExpression);
        return function;
    }

    /// <summary>
    /// The scheduler's call is asynchronous. A check that failed has told so; the next one is minutes away, and sees more than a repetition.
    /// </summary>
    private static void DoNotRepeat(Construct scope, QuizFunction function) =>
        _ = new CfnEventInvokeConfig(scope, "HealthCheckInvocation", new CfnEventInvokeConfigProps
        {
            FunctionName = function.Function.Ref,
            Qualifier = "$LATEST",
            MaximumRetryAttempts = 0,
        });

    private static void Schedule(Construct scope, QuizFunction function, string expression) =>
        _ = new CfnSchedule(scope, "Default", new CfnScheduleProps
        {
            Name = "quiz-queue-health-check-schedule",
            GroupName = "default",
            ScheduleExpression = expression,
            FlexibleTimeWindow = new CfnSchedule.FlexibleTimeWindowProperty { Mode = "OFF" },
            State = "ENABLED",
            Target = new CfnSchedule.TargetProperty
            {
                Arn = function.Arn,
                RoleArn = ServiceRole.ForScheduler(
                    scope, "quiz-health-check-scheduler-role", Permissions.On(function.Arn, "lambda:InvokeFunction")).AttrArn,
                RetryPolicy = new CfnSchedule.RetryPolicyProperty { MaximumEventAgeInSeconds = 3600, MaximumRetryAttempts = 3 },
            },
        });
}
