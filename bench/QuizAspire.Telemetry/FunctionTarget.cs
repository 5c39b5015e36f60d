using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Quizzes;
using QuizAspire.TelemetryBench.Processes;
using QuizAspire.Tests.Support;

namespace QuizAspire.TelemetryBench;

/// <summary>quiz-processor, handed full batches one after the other, as Lambda does.</summary>
internal sealed class FunctionTarget : ITarget
{
    public const string Service = "quiz-processor";

    private readonly RuntimeApiServer _runtime;
    private readonly Child _process;
    private readonly Load _load;
    private readonly Dictionary<string, string> _environment;
    private readonly Emulators _emulators;
    private int _stored;

    private FunctionTarget(Variant variant, RuntimeApiServer runtime, Child process, Emulators emulators, Dictionary<string, string> environment) =>
        (Variant, _runtime, _process, _load, _emulators, _environment) = (variant, runtime, process, new Load(variant), emulators, environment);

    public Variant Variant { get; }

    /// <summary>Timestamp of the system's clock.</summary>
    public long StartedAt { get; } = TimeProvider.System.GetTimestamp();

    public TimeSpan Processor => _process.Processor;

    public long Resident => _process.Resident;

    public static async Task<FunctionTarget> StartAsync(Variant variant, Emulators emulators, IReadOnlyDictionary<string, string> telemetry)
    {
        var environment = await emulators.CreateWorldAsync();
        await new QuizStore(emulators.DynamoDb, environment["AWS__Resources__QuizzesTableName"], TimeProvider.System).SaveAsync(Load.Quiz, CancellationToken.None);
        var runtime = await RuntimeApiServer.StartAsync();
        environment["AWS_LAMBDA_RUNTIME_API"] = runtime.Address;
        environment["AWS_LAMBDA_FUNCTION_NAME"] = Service;
        environment["QUIZASPIRE_FUNCTION"] = Service;
        environment["QUIZASPIRE_MAX_RECEIVE_COUNT"] = "3";
        var process = Child.StartAssembly(Repository.AssemblyOf("QuizAspire.Functions", variant.Root), environment.Concat(telemetry)).Muted();
        return new FunctionTarget(variant, runtime, process, emulators, environment);
    }

    public async Task<IReadOnlyList<TimeSpan>> RunAsync(int submissions)
    {
        var times = new List<TimeSpan>();
        for (var done = 0; done < submissions; done += Load.BatchSize)
            times.Add(await InvokeAsync());
        return times;
    }

    /// <summary>One batch, all of whose results are to be stored.</summary>
    /// <returns>From the function's taking it to its answer.</returns>
    public async Task<TimeSpan> InvokeAsync()
    {
        var invocation = _runtime.Invoke(_load.Batch());
        var answer = await invocation.Answer;
        if (answer.IsError || answer.Failures.Count > 0)
            throw new InvalidDataException($"{Variant.Name}: {answer.Json} {_process.Errors}");
        _stored += Load.BatchSize;
        return invocation.Took;
    }

    /// <summary>Whether the table has a result for each submission, and none else.</summary>
    public async Task<bool> HasAllResultsAsync()
    {
        var count = 0;
        Dictionary<string, AttributeValue>? from = null;
        do
        {
            var page = await _emulators.DynamoDb.ScanAsync(new ScanRequest
            {
                TableName = _environment["AWS__Resources__DynamodbTableName"], Select = "COUNT", ExclusiveStartKey = from,
            });
            count += page.Count ?? 0;
            from = page.LastEvaluatedKey;
        }
        while (from is { Count: > 0 });
        return count == _stored;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _runtime.DisposeAsync();
    }
}
