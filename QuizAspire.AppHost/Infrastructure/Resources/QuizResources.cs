using Amazon.CDK;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Resources;

/// <summary>What keeps data and tells people: queues, tables, buckets, topics, and the alarms on them. A developer may provision it alone.</summary>
internal sealed class QuizResources : Construct
{
    /// <param name="data">What becomes of data when the stack is deleted.</param>
    public QuizResources(Construct scope, ResourceParameters parameters, RemovalPolicy data)
        : base(scope, "Resources")
    {
        Submissions = new SubmissionQueues(this, parameters, data);
        Tables = new QuizTables(this, data);
        Buckets = new ScoreBuckets(this, data);
        StatisticsRequests = new StatisticsQueues(this, "StatisticsRequests", "statistics-requests", parameters.StatisticsVisibilityTimeoutSeconds);
        StatisticsCompleted = new StatisticsQueues(
            this, "StatisticsCompleted", "statistics-completed", parameters.NotificationVisibilityTimeoutSeconds);
        Topics = new QuizTopics(this, parameters);
        var alarms = new QueueAlarms(this, Topics, parameters.AlarmPeriodSeconds, Submissions.Queue,
        [
            ("SubmissionsDlqAlarm", "quiz-submissions-dead-letters", Submissions.DeadLetters),
            ("StatisticsRequestsDlqAlarm", "statistics-requests-dead-letters", StatisticsRequests.DeadLetters),
            ("StatisticsCompletedDlqAlarm", "statistics-completed-dead-letters", StatisticsCompleted.DeadLetters),
        ]);

        Outputs =
        [
            new("SqsQueueUrl", "URL of the SQS FIFO queue", Submissions.Queue.Ref),
            new("SqsQueueArn", "ARN of the SQS FIFO queue", Submissions.Queue.AttrArn),
            new("DlqUrl", "URL of the Dead Letter Queue", Submissions.DeadLetters.Ref),
            new("DynamodbTableName", "Name of the DynamoDB table", Tables.Results.Ref),
            new("DynamodbTableArn", "ARN of the DynamoDB table", Tables.Results.AttrArn),
            new("QuizzesTableName", "Name of the table of quizzes", Tables.Quizzes.Ref),
            new("SubmissionsTableName", "Name of the table of accepted submissions", Tables.AcceptedSubmissions.Ref),
            new("StatisticsJobsTableName", "Name of the table of the jobs that make statistics", Tables.StatisticsJobs.Ref),
            new("HealthStateTableName", "Name of the table of what the health check last told", Tables.HealthState.Ref),
            new("SnsTopicArn", "ARN of the SNS topic for alerts", Topics.Alerts.Ref),
            new("CloudwatchAlarmName", "Name of the CloudWatch alarm", alarms.QueueDepth.Ref),
            new("StatisticsRequestsQueueUrl", "URL of the queue of statistics to calculate", StatisticsRequests.Queue.Ref),
            new("StatisticsRequestsDlqUrl", "URL of the dead letters of that queue", StatisticsRequests.DeadLetters.Ref),
            new("StatisticsCompletedQueueUrl", "URL of the queue of statistics to tell about", StatisticsCompleted.Queue.Ref),
            new("StatisticsCompletedDlqUrl", "URL of the dead letters of that queue", StatisticsCompleted.DeadLetters.Ref),
            new("RawScoresBucketName", "Name of the bucket of score sheets", Buckets.RawScores.Ref),
            new("StatisticsBucketName", "Name of the bucket of statistics", Buckets.Statistics.Ref),
            new("StatisticsTopicArn", "ARN of the SNS topic for statistics", Topics.Statistics.Ref),
        ];
    }

    public SubmissionQueues Submissions { get; }

    public QuizTables Tables { get; }

    public ScoreBuckets Buckets { get; }

    public StatisticsQueues StatisticsRequests { get; }

    public StatisticsQueues StatisticsCompleted { get; }

    public QuizTopics Topics { get; }

    public IReadOnlyList<QuizOutput> Outputs { get; }
}
