using System.Text;
using Amazon.DynamoDBv2;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using QuizAspire.Functions.Batches;
using QuizAspire.Functions.QuizProcessor;
using QuizAspire.Functions.Telemetry;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Functions;

/// <summary>The quiz-processor without its process, so that its spans and numbers are seen as it makes them.</summary>
internal sealed class InProcessFunction : IDisposable
{
    public const string Name = "quiz-processor";

    private static readonly SourceGeneratorLambdaJsonSerializer<QueueEventJson> Serializer = new();

    private readonly FunctionMetrics _metrics = new();
    private readonly LambdaLines _log = new();
    private readonly QueueBatch _batch;

    private InProcessFunction(IAmazonDynamoDB dynamo, QuizProcessorFunction.Tables tables, TimeProvider time)
    {
        Tables = tables;
        Numbers = new RecordedMeasurements(meter => meter == _metrics.Meter);
        var telemetry = new FunctionTelemetry(Name, FaasTrigger.Queue, _metrics, time);
        _batch = new QueueBatch(
            QuizProcessorFunction.Compose(dynamo, tables, QuizProcessorRig.MaxReceiveCount, _metrics, time), telemetry, time);
        telemetry.Initialized();
    }

    public RecordedSpans Spans { get; } = RecordedSpans.OfSource(FunctionSpans.SourceName);

    public RecordedMeasurements Numbers { get; }

    public QuizProcessorFunction.Tables Tables { get; }

    public IReadOnlyList<string> LogLines => _log.Lines;

    /// <param name="tables">Those of another one, to be its neighbour; fresh ones when not given.</param>
    public static async Task<InProcessFunction> CreateAsync(
        LocalDynamo dynamo, TimeProvider? time = null, QuizProcessorFunction.Tables? tables = null) => new(
        dynamo.Client,
        tables ?? new QuizProcessorFunction.Tables(
            await dynamo.CreateResultsTableAsync(), await dynamo.CreateQuizzesTableAsync(), await dynamo.CreateSubmissionsTableAsync()),
        time ?? TimeProvider.System);

    /// <summary>Delivers a batch and returns the message ids that come back.</summary>
    public async Task<IReadOnlyList<string>> DeliverAsync(IEnumerable<Delivery> deliveries, string? trace = null) =>
        [.. (await InvokeAsync(SqsEvents.Of(deliveries), trace)).BatchItemFailures.Select(failure => failure.ItemIdentifier)];

    public Task<IReadOnlyList<string>> DeliverAsync(params Delivery[] deliveries) => DeliverAsync(deliveries, null);

    public Task<SQSBatchResponse> InvokeAsync(string eventJson, string? trace = null)
    {
        using var json = new MemoryStream(Encoding.UTF8.GetBytes(eventJson));
        return _batch.HandleAsync(Serializer.Deserialize<SQSEvent>(json), LambdaCall.Create(_log, trace));
    }

    public void Dispose()
    {
        Spans.Dispose();
        Numbers.Dispose();
        _metrics.Dispose();
    }

    private sealed class LambdaLines : ILambdaLogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines => _lines;

        public void Log(string message) => _lines.Add(message);

        public void LogLine(string message) => _lines.Add(message);

        public void Log(LogLevel level, string message) => _lines.Add($"{level}: {message}");
    }
}
