using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;

namespace QuizAspire.AppHost.Monitoring.Commands;

/// <summary>
/// What an operator does with the messages of a dead-letter queue. The API does it; here is how it is asked and what is told of it.
/// </summary>
/// <param name="queue">Its name at AWS.</param>
internal sealed class DeadLetterCommands(JsonCalls api, string queue)
{
    private const string Path = "/operations/dead-letters";

    private static readonly string[] Shown = ["message_id", "sent_at", "receive_count", "student_id", "quiz_id", "reason"];

    /// <summary>Without their contents: ids, how often they were tried, and why they failed.</summary>
    public async Task<ExecuteCommandResult> ShowAsync(CancellationToken cancellation)
    {
        var answer = await api.SendAsync(HttpMethod.Get, $"{Path}?queue={Uri.EscapeDataString(queue)}", null, cancellation);
        var messages = answer?["queues"]?[0]?["messages"] as JsonArray ?? [];
        var depth = answer?["queues"]?[0]?["depth"];
        return messages is []
            ? CommandResults.Success($"{queue} has no message to show.")
            : CommandResults.Success(
                $"{messages.Count} of {(long?)depth?["visible"] + (long?)depth?["in_flight"]} messages", Table(messages),
                CommandResultFormat.Markdown, displayImmediately: true);
    }

    public async Task<ExecuteCommandResult> RedriveAsync(CancellationToken cancellation)
    {
        var task = await api.SendAsync(HttpMethod.Post, $"{Path}/redrive", new JsonObject { ["queue"] = queue }, cancellation);
        return CommandResults.Success((long?)task?["to_move"] is { } messages
            ? string.Create(CultureInfo.InvariantCulture, $"{messages} dead letters go back to their queue.")
            : "The dead letters go back to their queue.");
    }

    public async Task<ExecuteCommandResult> StopAsync(CancellationToken cancellation)
    {
        await api.SendAsync(HttpMethod.Post, $"{Path}/redrive/cancel", new JsonObject { ["queue"] = queue }, cancellation);
        return CommandResults.Success("The redrive stops; what has been moved stays moved.");
    }

    /// <summary>Whoever gave the command has confirmed it.</summary>
    public async Task<ExecuteCommandResult> PurgeAsync(CancellationToken cancellation)
    {
        var purged = await api.SendAsync(HttpMethod.Post, $"{Path}/purge", new JsonObject { ["queue"] = queue, ["confirm"] = queue }, cancellation);
        return CommandResults.Success(string.Create(CultureInfo.InvariantCulture, $"{(long?)purged?["messages"]} dead letters deleted."));
    }

    private static string Table(JsonArray messages)
    {
        var table = new StringBuilder("| Message | Sent | Receives | Student | Quiz | Reason |\n|---|---|---|---|---|---|\n");
        foreach (var message in messages)
            table.Append("| ").AppendJoin(" | ", Shown.Select(member => Cell(message?[member]))).Append(" |\n");
        return table.ToString();
    }

    // Ids come from whoever wrote to the queue, and must not be able to make cells, rows or markup.
    private static string Cell(JsonNode? value) =>
        value is null ? "" : $"`{value.ToString().ReplaceLineEndings(" ").Replace('|', '/').Replace('`', '\'')}`";
}
