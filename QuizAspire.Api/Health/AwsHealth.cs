using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Quizzes;
using QuizAspire.Core.Results;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Api.Health;

/// <summary>
/// Readiness: queues, tables and buckets answer. Tables are asked for an item that does not exist, because reading is what the
/// API is allowed to do anyway, and describing a table has a low rate limit of its own.
/// </summary>
internal static class AwsHealth
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private const string NoSuch = "health-check";

    public static IServiceCollection AddAwsHealthChecks(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .Add(Queue("queue", resources => resources.SqsQueueUrl))
            .Add(Queue("statistics_requests", resources => resources.StatisticsRequestsQueueUrl))
            .Add(Table("results", resources => resources.DynamodbTableName, ResultItem.Key(NoSuch, NoSuch)))
            .Add(Table("quizzes", resources => resources.QuizzesTableName, QuizItem.Key(NoSuch, -1)))
            .Add(Table("submissions", resources => resources.SubmissionsTableName, AcceptedItem.Key(NoSuch, NoSuch)))
            .Add(Table("statistics_jobs", resources => resources.StatisticsJobsTableName, StatisticsJobItem.Key(NoSuch)))
            .Add(Bucket("raw_scores", resources => resources.RawScoresBucketName))
            .Add(Bucket("statistics", resources => resources.StatisticsBucketName));
        return services;
    }

    private static HealthCheckRegistration Queue(string name, Func<AwsResources, string> url) =>
        Check(name, services => new QueueCheck(services.GetRequiredService<IAmazonSQS>(), url(services.GetRequiredService<AwsResources>())));

    private static HealthCheckRegistration Table(string name, Func<AwsResources, string> table, Dictionary<string, AttributeValue> key) =>
        Check(name, services => new TableCheck(
            services.GetRequiredService<IAmazonDynamoDB>(), table(services.GetRequiredService<AwsResources>()), key));

    private static HealthCheckRegistration Bucket(string name, Func<AwsResources, string> bucket) =>
        Check(name, services => new BucketCheck(services.GetRequiredService<IAmazonS3>(), bucket(services.GetRequiredService<AwsResources>())));

    private static HealthCheckRegistration Check(string name, Func<IServiceProvider, IHealthCheck> check) =>
        new(name, check, HealthStatus.Unhealthy, tags: null, Timeout);

    // An error is reported in one line: the check runs often, and its stack is always the same.
    private static async Task<HealthCheckResult> ReachAsync(Task call)
    {
        try
        {
            await call;
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            return HealthCheckResult.Unhealthy($"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private sealed class QueueCheck(IAmazonSQS sqs, string url) : IHealthCheck
    {
        private static readonly List<string> Attributes = ["QueueArn"];

        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            ReachAsync(sqs.GetQueueAttributesAsync(url, Attributes, cancellationToken));
    }

    private sealed class TableCheck(IAmazonDynamoDB dynamo, string table, Dictionary<string, AttributeValue> key) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            ReachAsync(dynamo.GetItemAsync(new GetItemRequest { TableName = table, Key = key, ConsistentRead = false }, cancellationToken));
    }

    private sealed class BucketCheck(IAmazonS3 s3, string bucket) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            ReachAsync(s3.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, cancellationToken));
    }
}
