using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Amazon.Lambda.TestTool.Emulator;

namespace Amazon.Lambda.TestTool.EventSource;

internal enum InvokeOutcome
{
    Succeeded,

    /// <summary>The function, or the platform in its place, reported an error.</summary>
    Failed,

    /// <summary>No instance was free, or the emulator does not run: the function has seen nothing of this call.</summary>
    NotStarted,

    /// <summary>The emulator refused the call for good, or went away during it: the function may have seen it.</summary>
    Lost
}

internal sealed record InvokeAnswer(InvokeOutcome Outcome, byte[] Payload, string? Detail = null);

/// <summary>The event source's side of the Invoke API.</summary>
internal sealed class LambdaInvoker : IDisposable
{
    // The emulator bounds a call itself; this is for an emulator that has stopped doing so.
    private static readonly TimeSpan Patience = FunctionTimeouts.Longest + TimeSpan.FromMinutes(1);

    private readonly HttpClient _http;
    private readonly string _function;

    public LambdaInvoker(string runtimeApi, string function)
    {
        _function = Uri.EscapeDataString(function);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(runtimeApi), Timeout = Patience };
    }

    public async Task<InvokeAnswer> InvokeAsync(byte[] payload, string? traceId, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/2015-03-31/functions/{_function}/invocations")
            {
                Content = new ByteArrayContent(payload)
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add("X-Amz-Invocation-Type", "RequestResponse");
            if (traceId is not null)
                request.Headers.TryAddWithoutValidation("X-Amzn-Trace-Id", traceId);
            using var response = await _http.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.OK when response.Headers.Contains("X-Amz-Function-Error") => new(InvokeOutcome.Failed, answer, ErrorType(answer)),
                HttpStatusCode.OK => new(InvokeOutcome.Succeeded, answer),
                HttpStatusCode.TooManyRequests or HttpStatusCode.NotFound => new(InvokeOutcome.NotStarted, [], "the function has no free instance"),
                var status => new(InvokeOutcome.Lost, [], $"the Lambda emulator answered {(int)status}")
            };
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            return new(InvokeOutcome.NotStarted, [], "the Lambda emulator cannot be reached");
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new(InvokeOutcome.Lost, [], "the Lambda emulator went away during the call");
        }
    }

    /// <summary>
    /// Whether the function has an instance, running or waiting. A message that is received while there is none would be counted as delivered,
    /// and end in the dead-letter queue though no code has seen it. Null: it has; otherwise what to say.
    /// </summary>
    public async Task<string?> WhyNotReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync($"{LambdaEmulator.CountsPath}/{_function}", cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return "the function has not started yet";
            var json = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var counts = JsonSerializer.Deserialize(json, EmulatorJson.Default.FunctionCounts);
            return counts is { Instances: 0 } ? "the function has no instance that runs" : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException
            || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return "the Lambda emulator cannot be reached";
        }
    }

    public void Dispose() => _http.Dispose();

    private static string ErrorType(byte[] payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, EmulatorJson.Default.FunctionError)?.ErrorType ?? "no error type";
        }
        catch (JsonException)
        {
            return "an unreadable error";
        }
    }
}
