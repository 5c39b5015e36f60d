using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.AppHost.Monitoring.Schedules.Running;

/// <summary>
/// Invokes functions by Lambda's Invoke API with invocation type <c>Event</c>, as the templated Lambda target of Scheduler does.
/// </summary>
/// <param name="endpoint">The address of the Lambda emulator, which is known once it has started.</param>
/// <param name="answerLimit">Accepting an event takes no time; an answer that does not come by then is as good as none.</param>
internal sealed class LambdaInvoker(HttpClient http, Func<Uri> endpoint, TimeSpan answerLimit)
{
    /// <summary>Of Lambda's Invoke API.</summary>
    public static string PathOf(string function) => $"/2015-03-31/functions/{Uri.EscapeDataString(function)}/invocations";

    public async Task<InvokeAnswer> InvokeAsync(string function, string payload, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(answerLimit);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint(), PathOf(function)))
            {
                Content = new StringContent(payload, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json")),
            };
            request.Headers.Add("X-Amz-Invocation-Type", "Event");
            // Lambda hands it on to the function, whose invocation belongs to this trace then.
            if (Activity.Current is { } span)
                request.Headers.Add("X-Amzn-Trace-Id", XRayTrace.Format(span.Context));
            using var response = await http.SendAsync(request, limit.Token);
            var body = await response.Content.ReadAsStringAsync(limit.Token);
            return response.IsSuccessStatusCode
                ? InvokeAnswer.Accepted(Header(response, "x-amzn-RequestId"))
                : new InvokeAnswer(OutcomeOf(response.StatusCode), CodeOf(response), MessageIn(body) ?? $"HTTP {(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new InvokeAnswer(InvokeOutcome.FailedForNow, "Timeout", $"no answer within {answerLimit.TotalSeconds} s");
        }
        catch (HttpRequestException exception)
        {
            return new InvokeAnswer(InvokeOutcome.FailedForNow, "ConnectionError", exception.Message);
        }
    }

    private static InvokeOutcome OutcomeOf(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            ? InvokeOutcome.FailedForNow
            : InvokeOutcome.Refused;

    // Lambda puts the kind of error into a header, and after a colon there may be an address that means nothing.
    private static string CodeOf(HttpResponseMessage response) =>
        Header(response, "x-amzn-ErrorType").Split(':')[0] is { Length: > 0 } type ? type : $"HTTP{(int)response.StatusCode}";

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : "";

    private static string? MessageIn(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && (document.RootElement.TryGetProperty("Message", out var message) || document.RootElement.TryGetProperty("message", out message))
                && message.ValueKind == JsonValueKind.String && message.GetString() is { Length: > 0 } text
                    ? text
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
