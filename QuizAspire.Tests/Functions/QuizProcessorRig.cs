using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Quizzes;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Functions;

/// <summary>The function's surroundings for one test: tables behind a proxy, a Runtime API, and as many function processes as wanted.</summary>
internal sealed class QuizProcessorRig : IAsyncDisposable
{
    public const int MaxReceiveCount = 3;

    private readonly LocalDynamo _dynamo;
    private readonly RuntimeApiServer _runtime;
    private readonly List<FunctionProcess> _functions = [];

    private QuizProcessorRig(LocalDynamo dynamo, RuntimeApiServer runtime, AwsProxy proxy, string results, string quizzes, string submissions)
    {
        (_dynamo, _runtime, Proxy, Results) = (dynamo, runtime, proxy, results);
        Submissions = submissions;
        Quizzes = new QuizStore(dynamo.Client, quizzes, TimeProvider.System);
        Environment = new()
        {
            ["AWS_LAMBDA_RUNTIME_API"] = runtime.Address,
            ["AWS_REGION"] = "us-west-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
            ["AWS_ENDPOINT_URL_DYNAMODB"] = proxy.Endpoint,
            ["QUIZASPIRE_FUNCTION"] = "quiz-processor",
            ["QUIZASPIRE_MAX_RECEIVE_COUNT"] = "3",
            ["AWS__Resources__DynamodbTableName"] = results,
            ["AWS__Resources__QuizzesTableName"] = quizzes,
            ["AWS__Resources__SubmissionsTableName"] = submissions,
        };
    }

    public Dictionary<string, string> Environment { get; }

    public AwsProxy Proxy { get; }

    public QuizStore Quizzes { get; }

    /// <summary>Name of the results table.</summary>
    public string Results { get; }

    /// <summary>Name of the table of accepted submissions, where origins are remembered.</summary>
    public string Submissions { get; }

    public Task<string> InitializationError => _runtime.InitializationError;

    public static async Task<QuizProcessorRig> CreateAsync(LocalDynamo dynamo) => new(
        dynamo,
        await RuntimeApiServer.StartAsync(),
        await AwsProxy.StartAsync(dynamo.Endpoint),
        await dynamo.CreateResultsTableAsync(),
        await dynamo.CreateQuizzesTableAsync(),
        await dynamo.CreateSubmissionsTableAsync());

    /// <param name="assembly">The executable's assembly; the one that was built with these tests when not given.</param>
    public FunctionProcess StartFunction(string? assembly = null)
    {
        var function = FunctionProcess.Start(Environment, assembly: assembly);
        _functions.Add(function);
        return function;
    }

    public Invocation Invoke(IEnumerable<Delivery> deliveries, TimeSpan? timeout = null, string? trace = null) =>
        _runtime.Invoke(SqsEvents.Of(deliveries), timeout, trace);

    public Invocation InvokeRaw(string eventJson) => _runtime.Invoke(eventJson);

    /// <summary>Delivers a batch and returns the message ids that come back.</summary>
    public async Task<IReadOnlyList<string>> DeliverAsync(params IEnumerable<Delivery> deliveries) => (await Invoke(deliveries).Answer).Failures;

    public async Task<IReadOnlyList<Dictionary<string, AttributeValue>>> ItemsAsync() =>
        (await _dynamo.Client.ScanAsync(new ScanRequest { TableName = Results, ConsistentRead = true })).Items;

    /// <summary>The oracle: of what was expected nothing is lost, and nothing is there that was not expected.</summary>
    /// <param name="expected">Submissions that were sent without an id, each of which must have one completed result.</param>
    public async Task AssertStoredAsync(params IEnumerable<Delivery> expected)
    {
        var wanted = expected.Select(delivery => (delivery.Group, Id: delivery.SubmissionId)).ToHashSet();
        var stored = (await ItemsAsync()).Select(item => (Group: item["student_id"].S, Id: item["submission_id"].S)).ToList();

        Assert.Empty(wanted.Except(stored)); // lost
        Assert.Empty(stored.Except(wanted)); // unexpected
        Assert.Equal(wanted.Count, stored.Count); // none twice
        Assert.All(await ItemsAsync(), item => Assert.Equal("completed", item["status"].S));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var function in _functions)
            await function.DisposeAsync();
        await _runtime.DisposeAsync();
        await Proxy.DisposeAsync();
    }
}
