using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using QuizAspire.Functions.Telemetry;

namespace QuizAspire.Functions.Batches;

/// <summary>The bootstrap of every function with an SQS event source.</summary>
internal static class QueueFunction
{
    /// <param name="initialize">Runs in the init phase, so that a defect of the configuration is reported there.</param>
    public static async Task RunAsync(string function, Func<FunctionMetrics, Task<HandleRecords>> initialize)
    {
        QueueBatch? batch = null;
        using var bootstrap = LambdaBootstrapBuilder
            .Create(
                (SQSEvent sqsEvent, ILambdaContext context) => batch!.HandleAsync(sqsEvent, context),
                new SourceGeneratorLambdaJsonSerializer<QueueEventJson>())
            .UseBootstrapHandler(async () =>
            {
                var (handle, telemetry) = await FunctionStart.RunAsync(function, FaasTrigger.Queue, initialize);
                batch = new QueueBatch(handle, telemetry, TimeProvider.System);
                return true;
            })
            .Build();
        await bootstrap.RunAsync();
    }
}
