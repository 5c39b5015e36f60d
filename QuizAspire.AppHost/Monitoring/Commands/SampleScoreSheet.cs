using System.Net.Http;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;

namespace QuizAspire.AppHost.Monitoring.Commands;

/// <summary>Sends the sample of a teacher's score sheet, as the original system's request is: its lines in JSON.</summary>
internal static class SampleScoreSheet
{
    /// <param name="sheetPath">The file of the sheet.</param>
    public static async Task<ExecuteCommandResult> SendAsync(JsonCalls api, string sheetPath, CancellationToken cancellation)
    {
        var lines = await File.ReadAllLinesAsync(sheetPath, cancellation);
        var accepted = await api.SendAsync(
            HttpMethod.Post, "/statistics", new JsonObject { ["data"] = new JsonArray([.. lines.Select(line => (JsonNode)line)]) }, cancellation,
            // Each time the command is given this is a sheet of its own, not the last one repeated.
            ("Idempotency-Key", Guid.NewGuid().ToString()));
        return CommandResults.Success(
            $"A score sheet of {lines.Length} lines is accepted; its statistics will be under /statistics/{(string?)accepted?["statistics_id"]}, " +
            "and a message of them in the inbox.");
    }
}
