using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api.Support;

/// <summary>The API's executable as Lambda runs it, with tables and a queue of its own: a Runtime API, and as many sandboxes as wanted.</summary>
internal sealed class ApiFunction : IAsyncDisposable
{
    private readonly RuntimeApiServer _runtime;
    private readonly List<FunctionProcess> _sandboxes = [];

    private ApiFunction(RuntimeApiServer runtime, Emulators emulators, Dictionary<string, string> resources)
    {
        (_runtime, Resources) = (runtime, resources);
        Environment = new()
        {
            ["AWS_LAMBDA_FUNCTION_NAME"] = "quiz-api",
            ["AWS_LAMBDA_LOG_FORMAT"] = "JSON",
            ["AWS_LAMBDA_RUNTIME_API"] = runtime.Address,
            ["AWS_REGION"] = "us-west-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
            ["AWS_ENDPOINT_URL_DYNAMODB"] = emulators.Dynamo.Endpoint,
            ["AWS_ENDPOINT_URL_S3"] = emulators.Sqs.Endpoint,
            ["AWS_ENDPOINT_URL_SQS"] = emulators.Sqs.Endpoint,
        };
        foreach (var (name, value) in resources)
            Environment[$"AWS__Resources__{name}"] = value;
    }

    /// <summary>Of the sandboxes that are started from now on.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>Physical names by the names that the configuration has for them.</summary>
    public Dictionary<string, string> Resources { get; }

    public static async Task<ApiFunction> CreateAsync(Emulators emulators) => new(
        await RuntimeApiServer.StartAsync(), emulators, await ApiWorld.CreateResourcesAsync(emulators));

    public FunctionProcess StartSandbox()
    {
        var sandbox = FunctionProcess.Start(Environment, "QuizAspire.Api");
        _sandboxes.Add(sandbox);
        return sandbox;
    }

    /// <param name="trace">X-Ray's header of the trace that Lambda was called in.</param>
    public Invocation Invoke(GatewayEvent request, TimeSpan? timeout = null, string? trace = null) =>
        _runtime.Invoke(request.ToJson(), timeout, trace);

    public async Task<GatewayAnswer> ServeAsync(GatewayEvent request, TimeSpan? timeout = null, string? trace = null)
    {
        var answer = await Invoke(request, timeout, trace).Answer;
        Assert.False(answer.IsError, answer.Json);
        return new GatewayAnswer(answer.Json);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sandbox in _sandboxes)
            await sandbox.DisposeAsync();
        await _runtime.DisposeAsync();
    }
}
