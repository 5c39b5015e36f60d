using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuizAspire.AppHost.Monitoring.Commands;

/// <summary>Calls one of the system's own processes on this machine, in JSON.</summary>
/// <param name="what">What answers there, such as "The API".</param>
/// <param name="address">Known once the process has its port.</param>
internal sealed class JsonCalls(HttpMessageInvoker http, string what, Func<string> address)
{
    /// <returns>The body of the answer; null for an empty one.</returns>
    /// <exception cref="CommandException">There was no answer, or it is not one of success.</exception>
    public async Task<JsonNode?> SendAsync(
        HttpMethod method, string path, JsonNode? body, CancellationToken cancellation, params IEnumerable<(string Name, string Value)> headers)
    {
        var (answer, text) = await AnswerAsync(method, path, body, cancellation, headers);
        using (answer)
            return answer.IsSuccessStatusCode ? Parse(text) : throw new CommandException(Problem(answer, text));
    }

    /// <summary>The same for a resource that may not be there: false for 404.</summary>
    /// <exception cref="CommandException"/>
    public async Task<bool> ExistsAsync(string path, CancellationToken cancellation)
    {
        var (answer, text) = await AnswerAsync(HttpMethod.Get, path, null, cancellation, []);
        using (answer)
            return answer.IsSuccessStatusCode
                || (answer.StatusCode == System.Net.HttpStatusCode.NotFound ? false : throw new CommandException(Problem(answer, text)));
    }

    /// <returns>The answer, whatever its status, and its body.</returns>
    /// <exception cref="CommandException">There was no answer.</exception>
    public async Task<(HttpResponseMessage Answer, string Body)> AnswerAsync(
        HttpMethod method, string path, JsonNode? body, CancellationToken cancellation, params IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(method, address() + path);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        try
        {
            var answer = await http.SendAsync(request, cancellation);
            return (answer, await answer.Content.ReadAsStringAsync(cancellation));
        }
        catch (HttpRequestException exception)
        {
            throw new CommandException($"{what} does not answer: {exception.Message}");
        }
    }

    /// <summary>The title of a problem (RFC 9457) and its details; the status where the answer is none.</summary>
    private string Problem(HttpResponseMessage answer, string text) => Parse(text) is JsonObject problem && (string?)problem["title"] is { } title
        ? (string?)problem["detail"] is { } detail ? $"{title}: {detail}" : title
        : $"{what} answered {(int)answer.StatusCode} {answer.ReasonPhrase}.";

    /// <returns>Null for what is no JSON.</returns>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return text is "" ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
