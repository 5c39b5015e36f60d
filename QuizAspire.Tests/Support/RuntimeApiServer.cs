using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace QuizAspire.Tests.Support;

/// <summary>
/// The Lambda Runtime API, as little of it as hands events to functions and takes their answers. Any number of processes may poll it.
/// </summary>
internal sealed class RuntimeApiServer : IAsyncDisposable
{
    private readonly Channel<Invocation> _pending = Channel.CreateUnbounded<Invocation>();
    private readonly ConcurrentDictionary<string, Invocation> _running = new();
    private readonly TaskCompletionSource<string> _initializationError = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _app;

    private RuntimeApiServer(WebApplication app) => _app = app;

    /// <summary>Value of <c>AWS_LAMBDA_RUNTIME_API</c>: an address without a scheme, and the function's name as the emulators add it.</summary>
    public string Address => new Uri(_app.Urls.Single()).Authority + "/quiz-processor";

    public Task<string> InitializationError => _initializationError.Task;

    public static async Task<RuntimeApiServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new RuntimeApiServer(app);
        var runtime = app.MapGroup("/quiz-processor/2018-06-01/runtime");
        runtime.MapGet("/invocation/next", (Delegate)server.NextAsync);
        runtime.MapPost("/invocation/{id}/response", (string id, HttpRequest request) => server.CompleteAsync(id, request, isError: false));
        runtime.MapPost("/invocation/{id}/error", (string id, HttpRequest request) => server.CompleteAsync(id, request, isError: true));
        runtime.MapPost("/init/error", async (HttpRequest request) =>
        {
            server._initializationError.TrySetResult(await ReadAsync(request));
            return Results.Accepted();
        });
        await app.StartAsync();
        return server;
    }

    /// <summary>Hands the event to whichever function asks next.</summary>
    /// <param name="trace">X-Ray's header of the trace that Lambda was called in.</param>
    public Invocation Invoke(string eventJson, TimeSpan? timeout = null, string? trace = null)
    {
        var invocation = new Invocation(eventJson, timeout ?? TimeSpan.FromSeconds(60), trace);
        _pending.Writer.TryWrite(invocation);
        return invocation;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task<string> ReadAsync(HttpRequest request) => await new StreamReader(request.Body).ReadToEndAsync();

    private async Task<IResult> NextAsync(HttpContext http)
    {
        Invocation invocation;
        try
        {
            invocation = await _pending.Reader.ReadAsync(http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return Results.Empty;
        }

        _running[invocation.Id] = invocation;
        var deadline = TimeProvider.System.GetUtcNow() + invocation.Timeout;
        http.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = invocation.Id;
        http.Response.Headers["Lambda-Runtime-Deadline-Ms"] = deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-west-1:000000000000:function:quiz-processor";
        if (invocation.Trace is { } trace)
            http.Response.Headers["Lambda-Runtime-Trace-Id"] = trace;
        invocation.Taken();
        return Results.Text(invocation.EventJson, "application/json");
    }

    private async Task<IResult> CompleteAsync(string id, HttpRequest request, bool isError)
    {
        if (_running.TryRemove(id, out var invocation))
            invocation.Complete(new InvocationAnswer(await ReadAsync(request), isError));
        return Results.Accepted();
    }
}

internal sealed record InvocationAnswer(string Json, bool IsError)
{
    /// <summary>The message ids that the function gives back.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            if (IsError)
                throw new InvalidOperationException(Json);
            var failures = JsonElement.Parse(Json).GetProperty("batchItemFailures");
            return [.. failures.EnumerateArray().Select(failure => failure.GetProperty("itemIdentifier").GetString()!)];
        }
    }
}

internal sealed class Invocation(string eventJson, TimeSpan timeout, string? trace = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<InvocationAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _takenAt;

    public string Id { get; } = Guid.NewGuid().ToString();

    public string EventJson => eventJson;

    public TimeSpan Timeout => timeout;

    public string? Trace => trace;

    public Task<InvocationAnswer> Answer => _answer.Task.WaitAsync(Patience);

    public Task IsTaken => _taken.Task.WaitAsync(Patience);

    /// <summary>From the function's taking it to its answer: without the start of the process, which a busy machine stretches.</summary>
    public TimeSpan Took { get; private set; }

    public void Taken()
    {
        _takenAt = TimeProvider.System.GetTimestamp();
        _taken.TrySetResult();
    }

    public void Complete(InvocationAnswer answer)
    {
        Took = TimeProvider.System.GetElapsedTime(_takenAt);
        _answer.TrySetResult(answer);
    }
}
