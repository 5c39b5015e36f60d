using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

using var bootstrap = LambdaBootstrapBuilder
    .Create<SQSEvent, SQSBatchResponse>(HandleAsync, new SourceGeneratorLambdaJsonSerializer<FunctionJson>())
    .UseBootstrapHandler(Initialize)
    .Build();
await bootstrap.RunAsync();

static Task<bool> Initialize() => Environment.GetEnvironmentVariable("FAIL_INITIALIZATION") is { } reason
    ? throw new InvalidOperationException(reason)
    : Task.FromResult(true);

static async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
{
    var failures = new List<SQSBatchResponse.BatchItemFailure>();
    foreach (var record in batch.Records)
    {
        Console.WriteLine($"{Environment.ProcessId} {record.Body}");
        switch (record.Body.Split(' ')[0])
        {
            case "fail": failures.Add(new() { ItemIdentifier = record.MessageId }); break;
            case "throw": throw new InvalidOperationException("as the message says");
            case "exit": Environment.Exit(3); break;
            case "hang":
            case "hang-once" when record.Attributes["ApproximateReceiveCount"] == "1":
                await new TaskCompletionSource().Task;
                break;
            case "trace": Console.WriteLine(Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID")); break;
        }
    }
    return new SQSBatchResponse(failures);
}

[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
internal sealed partial class FunctionJson : JsonSerializerContext;
