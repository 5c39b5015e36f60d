using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using QuizAspire.AppHost.Monitoring.Schedules.Running;

namespace QuizAspire.AppHost.Monitoring.Commands;

/// <summary>Calls the health check as its schedule does, and shows what it found.</summary>
internal static class HealthCheckCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<ExecuteCommandResult> RunAsync(JsonCalls lambda, CancellationToken cancellation)
    {
        var (answer, text) = await lambda.AnswerAsync(
            HttpMethod.Post, LambdaInvoker.PathOf(ResourceNames.HealthCheck), new JsonObject(), cancellation,
            ("X-Amz-Invocation-Type", "RequestResponse"));
        using (answer)
        {
            var result = JsonCalls.Parse(text);
            if (!answer.IsSuccessStatusCode)
                throw new CommandException((string?)result?["Message"] ?? $"The Lambda emulator answered {(int)answer.StatusCode}.");
            if (answer.Headers.Contains("X-Amz-Function-Error"))
                throw new CommandException((string?)result?["errorMessage"] ?? "The health check failed; its console log says why.");
            if (result is null)
                throw new CommandException("The health check answered with something else than JSON.");

            // The result of the seed: an HTTP answer, whose body is JSON in a string.
            var body = result["body"] is JsonValue value && value.TryGetValue<string>(out var inner) ? JsonNode.Parse(inner) : result;
            return CommandResults.Success(
                Summary(body), body?.ToJsonString(Indented) ?? "", CommandResultFormat.Json, displayImmediately: true);
        }
    }

    private static string Summary(JsonNode? body)
    {
        string[] issues = [.. (body?["issues"] as JsonArray ?? []).Select(issue => issue!.GetValue<string>())];
        return issues is []
            ? "Nothing is wrong."
            : $"{((int?)body?["alerts_sent"] > 0 ? "Alert sent" : "Wrong still, told before")}: {string.Join("; ", issues)}.";
    }
}
