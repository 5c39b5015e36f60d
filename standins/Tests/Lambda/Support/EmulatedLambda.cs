using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.TestTool.Emulator;

namespace Standins.Tests.Lambda;

/// <summary>What a caller of the Invoke API sees.</summary>
internal sealed record Invoked(HttpStatusCode Status, string? FunctionError, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public string? ErrorType => Json.GetProperty("errorType").GetString();
}

/// <summary>A Lambda emulator in this process, with functions that run in it through the real loop.</summary>
internal sealed class EmulatedLambda : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _instances = [];
    private readonly LambdaEmulator _emulator;

    private EmulatedLambda(LambdaEmulator emulator)
    {
        _emulator = emulator;
        Http = new HttpClient { BaseAddress = new Uri(Url) };
    }

    public string Url => _emulator.Url;

    public string Host => Url["http://".Length..];

    public HttpClient Http { get; }

    public static async Task<EmulatedLambda> StartAsync(string timeouts = "", Func<LambdaEmulatorSettings, LambdaEmulatorSettings>? configure = null)
    {
        var settings = new LambdaEmulatorSettings { FunctionTimeouts = FunctionTimeouts.Parse(timeouts) };
        return new EmulatedLambda(await LambdaEmulator.StartAsync(configure?.Invoke(settings) ?? settings));
    }

    /// <summary>An instance whose handler is given the event as text.</summary>
    /// <returns>The end of its loop.</returns>
    public Task Run(string function, Func<string, ILambdaContext, Task<string>> handler, LambdaBootstrapInitializer? initializer = null)
    {
        var instance = Task.Run(async () =>
        {
            using var bootstrap = LambdaBootstrapBuilder
                .Create(async (Stream input, ILambdaContext context) =>
                {
                    var output = await handler(await new StreamReader(input).ReadToEndAsync(), context);
                    return (Stream)new MemoryStream(Encoding.UTF8.GetBytes(output));
                })
                .UseBootstrapHandler(initializer!)
                .ConfigureOptions(options => options.RuntimeApiEndpoint = $"{Host}/{function}")
                .Build();
            await bootstrap.RunAsync(_ending.Token);
        });
        _instances.Add(instance);
        return instance;
    }

    public Task Run(string function, Func<string, string> handler) => Run(function, (input, _) => Task.FromResult(handler(input)));

    public async Task<Invoked> InvokeAsync(string function, string? payload, string? type = null, string? traceId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/2015-03-31/functions/{Uri.EscapeDataString(function)}/invocations")
        {
            Content = payload is null ? null : new StringContent(payload)
        };
        if (type is not null)
            request.Headers.Add("X-Amz-Invocation-Type", type);
        if (traceId is not null)
            request.Headers.Add("X-Amzn-Trace-Id", traceId);
        using var response = await Http.SendAsync(request);
        var headers = response.Headers.ToDictionary(header => header.Key, header => header.Value.First(), StringComparer.OrdinalIgnoreCase);
        return new Invoked(
            response.StatusCode, headers.GetValueOrDefault("X-Amz-Function-Error"), await response.Content.ReadAsStringAsync(), headers);
    }

    public async Task<FunctionCounts?> CountsAsync(string function)
    {
        using var response = await Http.GetAsync($"{LambdaEmulator.CountsPath}/{function}");
        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), EmulatorJson.Default.FunctionCounts) : null;
    }

    /// <summary>Until as many instances have come as are named.</summary>
    public Task UntilInstancesAsync(string function, int count) =>
        Eventually.Is(async () => await CountsAsync(function) is { } counts && counts.Instances == count, $"{count} instances of {function}");

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_instances).WaitAsync(TimeSpan.FromSeconds(10)).ContinueWith(_ => { }, TaskScheduler.Default);
        Http.Dispose();
        await _emulator.DisposeAsync();
        _ending.Dispose();
    }
}
