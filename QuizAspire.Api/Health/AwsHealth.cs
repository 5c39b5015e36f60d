using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.SQS;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Quizzes;
using QuizAspire.Core.Results;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Api.Health;

/// <summary>
/// Readiness: the queue and the tables answer. Tables are asked for an item that does not exist, because reading is what the
/// API is allowed to do anyway, and describing a table has a low rate limit of its own.
/// </summary>
internal static class AwsHealth
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private const string NoSuch = "health-check";

    public static IServiceCollection AddAwsHealthChecks(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<QueueCheck>("queue", timeout: Timeout)
            .Add(Table("results", resources => resources.DynamodbTableName, ResultItem.Key(NoSuch, NoSuch)))
            .Add(Table("quizzes", resources => resources.QuizzesTableName, QuizItem.Key(NoSuch, -1)))
            .Add(Table("submissions", resources => resources.SubmissionsTableName, AcceptedItem.Key(NoSuch, NoSuch)));
        return services;
    }

    private static HealthCheckRegistration Table(string name, Func<AwsResources, string> table, Dictionary<string, AttributeValue> key) => new(
        name,
        services => new TableCheck(services.GetRequiredService<IAmazonDynamoDB>(), table(services.GetRequiredService<AwsResources>()), key),
        HealthStatus.Unhealthy, tags: null, Timeout);

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

    private sealed class QueueCheck(IAmazonSQS sqs, AwsResources resources) : IHealthCheck
    {
        private static readonly List<string> Attributes = ["QueueArn"];

        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            ReachAsync(sqs.GetQueueAttributesAsync(resources.SqsQueueUrl, Attributes, cancellationToken));
    }

    private sealed class TableCheck(IAmazonDynamoDB dynamo, string table, Dictionary<string, AttributeValue> key) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            ReachAsync(dynamo.GetItemAsync(new GetItemRequest { TableName = table, Key = key, ConsistentRead = false }, cancellationToken));
    }
}
