using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

namespace QuizAspire.Functions.Batches;

/// <summary>The bootstrap of every function with an SQS event source.</summary>
internal static class QueueFunction
{
    /// <param name="initialize">Runs in the init phase, so that a defect of the configuration is reported there.</param>
    public static async Task RunAsync(Func<Task<QueueBatch>> initialize)
    {
        QueueBatch? batch = null;
        using var bootstrap = LambdaBootstrapBuilder
            .Create(
                (SQSEvent sqsEvent, ILambdaContext context) => batch!.HandleAsync(sqsEvent, context),
                new SourceGeneratorLambdaJsonSerializer<QueueEventJson>())
            .UseBootstrapHandler(async () =>
            {
                batch = await initialize();
                return true;
            })
            .Build();
        await bootstrap.RunAsync();
    }
}
