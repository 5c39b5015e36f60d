using Amazon.DynamoDBv2;
using Amazon.SQS;
using QuizAspire.Api.Lambda;
using QuizAspire.Core.Aws;
using QuizAspire.Core.DeadLetters;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Api.Operations;

internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<DeadLetterQueues>();
        services.AddSingleton<DeadLetterPeek>();
        services.AddSingleton<DeadLetterViews>();
        services.AddSingleton<ChosenRedrive>();
        services.AddSingleton<LocalMoveTasks>();
        services.AddSingleton(p => new RedriveTasks(
            p.GetRequiredService<IAmazonSQS>(), p.GetRequiredService<LocalMoveTasks>(), p.GetRequiredService<TimeProvider>(),
            mayRunHere: !LambdaHosting.IsLambda));
        services.AddSingleton(p => new MessageOriginStore(
            p.GetRequiredService<IAmazonDynamoDB>(), p.GetRequiredService<AwsResources>().SubmissionsTableName, p.GetRequiredService<TimeProvider>(),
            new Backoff(p.GetRequiredService<TimeProvider>(), Random.Shared)));
        services.AddHostedService<RedriveShutdown>();
        return services;
    }

    /// <summary>Redrives of this process end between two messages before it does.</summary>
    private sealed class RedriveShutdown(LocalMoveTasks tasks) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => tasks.StopAsync(cancellationToken);
    }
}
