using Amazon.DynamoDBv2;
using QuizAspire.Api.Operations;
using QuizAspire.Api.Quizzes;
using QuizAspire.Api.Submissions;
using QuizAspire.Api.Telemetry;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Quizzes;
using QuizAspire.Core.Results;
using QuizAspire.Core.Submissions;
using QuizAspire.ServiceDefaults.Aws;

namespace QuizAspire.Api;

internal static class Services
{
    /// <summary>
    /// One client of each service, with a request's patience: it waits at most a few seconds, and its client is told to come back.
    /// </summary>
    public static IServiceCollection AddAws(this IServiceCollection services)
    {
        services.AddSingleton(provider => new AwsResources(key => provider.GetRequiredService<IConfiguration>()[key]));
        services.AddSingleton(_ => AwsClients.Sqs(new AwsPatience(TimeSpan.FromSeconds(3), Retries: 2)));
        services.AddSingleton(_ => AwsClients.DynamoDb(new AwsPatience(TimeSpan.FromSeconds(3), Retries: 2)));
        // A part of a sheet in each call.
        services.AddSingleton(_ => AwsClients.S3(new AwsPatience(TimeSpan.FromSeconds(20), Retries: 2)));
        return services;
    }

    /// <summary>Fails at start, not at the first request that needs the name.</summary>
    /// <exception cref="MissingResourceException"/>
    public static void RequireResources(this IServiceProvider services)
    {
        var resources = services.GetRequiredService<AwsResources>();
        _ = (resources.SqsQueueUrl, resources.DynamodbTableName, resources.QuizzesTableName, resources.SubmissionsTableName);
        _ = (resources.StatisticsJobsTableName, resources.RawScoresBucketName, resources.StatisticsBucketName);
        _ = services.GetRequiredService<DeadLetterQueues>();
    }

    public static IServiceCollection AddStores(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(p => new QuizStore(
            p.GetRequiredService<IAmazonDynamoDB>(), p.GetRequiredService<AwsResources>().QuizzesTableName, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new ResultStore(p.GetRequiredService<IAmazonDynamoDB>(), p.GetRequiredService<AwsResources>().DynamodbTableName));
        services.AddSingleton(p => new AcceptedSubmissionStore(
            p.GetRequiredService<IAmazonDynamoDB>(), p.GetRequiredService<AwsResources>().SubmissionsTableName,
            p.GetRequiredService<TimeProvider>()));
        return services;
    }

    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddOptions<SenderOptions>().BindConfiguration(SenderOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ApiMetrics>();
        services.AddSingleton<QuizOutlines>();
        services.AddSingleton<SubmissionSender>();
        services.AddHostedService(provider => provider.GetRequiredService<SubmissionSender>());
        services.AddSingleton<SubmissionIntake>();
        return services;
    }
}
