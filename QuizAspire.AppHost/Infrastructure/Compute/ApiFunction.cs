using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>The HTTP API as a function: the same program that runs on Kestrel elsewhere.</summary>
internal static class ApiFunction
{
    private const string Name = "quiz-api";

    // API Gateway gives up after 30 s: what is answered later, nobody reads.
    private const int TimeoutSeconds = 29;

    public static QuizFunction Add(Construct scope, ComputeContext context)
    {
        var (submissions, tables) = (context.Resources.Submissions, context.Resources.Tables);
        var buckets = context.Resources.Buckets;
        var (requests, completed) = (context.Resources.StatisticsRequests, context.Resources.StatisticsCompleted);
        return new QuizFunction(scope, "Api", context, new FunctionDefinition(
            // Half a processor and more: a cold start is work, and somebody waits for it.
            Name, "The HTTP API: quizzes, submissions, results, statistics and dead letters.", TimeoutSeconds, MemoryMegabytes: 1024)
        {
            Handler = "QuizAspire.Api",
            Code = context.Code.Api,
            RoleName = $"{Name}-lambda-role",
            Permissions =
            [
                // SendMessageBatch is allowed as SendMessage; the attributes are what the readiness check asks for.
                Permissions.On(submissions.Queue.AttrArn, "sqs:SendMessage", "sqs:GetQueueAttributes"),
                Permissions.On(tables.Results.AttrArn, "dynamodb:GetItem", "dynamodb:Query"),
                Permissions.On(tables.Quizzes.AttrArn, "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Scan"),
                // In batches it reads where dead letters stem from.
                Permissions.On(tables.AcceptedSubmissions.AttrArn, "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem"),
                Permissions.On($"{tables.AcceptedSubmissions.AttrArn}/index/submission_id-index", "dynamodb:Query"),
                // A quiz's results for its statistics, and the list of jobs.
                Permissions.On($"{tables.Results.AttrArn}/index/quiz_shard-index", "dynamodb:Query"),
                Permissions.On(tables.StatisticsJobs.AttrArn, "dynamodb:GetItem", "dynamodb:PutItem"),
                Permissions.On($"{tables.StatisticsJobs.AttrArn}/index/submitted-index", "dynamodb:Query"),
                // A multipart upload is put as an object is; what an answered retry has sent a second time is deleted again.
                Permissions.On($"{buckets.RawScores.AttrArn}/*",
                    "s3:PutObject", "s3:AbortMultipartUpload", "s3:GetObject", "s3:DeleteObject"),
                Permissions.On($"{buckets.Statistics.AttrArn}/*", "s3:GetObject"),
                Permissions.TellMissingObjects(buckets.RawScores, buckets.Statistics),
                Permissions.On(requests.Queue.AttrArn, "sqs:GetQueueAttributes"),
                .. Permissions.HandleDeadLetters(
                    (submissions.DeadLetters, submissions.Queue), (requests.DeadLetters, requests.Queue), (completed.DeadLetters, completed.Queue)),
            ],
            Resources =
            [
                "SqsQueueUrl", "DlqUrl",
                "StatisticsRequestsQueueUrl", "StatisticsRequestsDlqUrl", "StatisticsCompletedQueueUrl", "StatisticsCompletedDlqUrl",
                "DynamodbTableName", "QuizzesTableName", "SubmissionsTableName", "StatisticsJobsTableName",
                "RawScoresBucketName", "StatisticsBucketName",
            ],
        });
    }
}
