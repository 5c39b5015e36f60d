using Amazon.DynamoDBv2;
using Amazon.S3;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Results;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Storage;

namespace QuizAspire.Api.Statistics;

internal static class StatisticsServices
{
    public static IServiceCollection AddStatistics(this IServiceCollection services)
    {
        services.AddSingleton(p => new StatisticsJobStore(
            p.GetRequiredService<IAmazonDynamoDB>(), p.GetRequiredService<AwsResources>().StatisticsJobsTableName,
            p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new StatisticsReports(
            p.GetRequiredService<IAmazonS3>(), p.GetRequiredService<AwsResources>().StatisticsBucketName));
        services.AddSingleton(p => new QuizScores(p.GetRequiredService<IAmazonDynamoDB>(), p.GetRequiredService<AwsResources>().DynamodbTableName));
        services.AddSingleton<SheetBucket>();
        services.AddSingleton<SheetUploads>();
        services.AddSingleton<StatisticsIntake>();
        services.AddSingleton<QuizExport>();
        return services;
    }
}
