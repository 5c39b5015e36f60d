using System.Globalization;
using System.Text.Json.Nodes;
using QuizAspire.AppHost.Embedded.Provisioning.Types;

namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>Reads functions and their queues from planned resources.</summary>
internal static class FunctionReader
{
    public static IReadOnlyList<PlannedFunction> Read(IReadOnlyList<PlannedResource> resources)
    {
        var mappings = resources.Where(resource => resource.Type.Name == EventSourceMapping.TypeName).Select(resource => resource.Properties).ToArray();
        return [.. resources.Where(resource => resource.Type.Name == LambdaFunction.TypeName).Select(function => new PlannedFunction(
            function.Identity.Name,
            function.Identity.Attributes["Arn"],
            function.Properties["Handler"]?.GetValue<string>() ?? "",
            TimeSpan.FromSeconds(Number(function.Properties["Timeout"]) ?? 3),
            Variables(function.Properties),
            [.. mappings.Where(mapping => Names(mapping["FunctionName"], function)).Select(mapping => Source(mapping, resources)).OfType<PlannedEventSource>()]))];
    }

    private static PlannedEventSource? Source(JsonObject mapping, IReadOnlyList<PlannedResource> resources)
    {
        var arn = mapping["EventSourceArn"]?.GetValue<string>();
        var queue = resources.FirstOrDefault(resource => resource.Type is SqsQueue && resource.Identity.Attributes["Arn"] == arn);
        return queue is null ? null : new PlannedEventSource(
            queue.Identity.Name,
            queue.Identity.PhysicalId,
            arn!,
            Number(queue.Properties["VisibilityTimeout"]) ?? 30,
            Number(mapping["BatchSize"]) ?? 10,
            Number(mapping["ScalingConfig"]?["MaximumConcurrency"]),
            (mapping["FunctionResponseTypes"] as JsonArray ?? []).Any(type => type?.GetValue<string>() == "ReportBatchItemFailures"),
            mapping["Enabled"]?.ToString() != "false");
    }

    /// <summary>A mapping names its function by name or by ARN.</summary>
    private static bool Names(JsonNode? name, PlannedResource function) =>
        name?.GetValue<string>() is { } text && (text == function.Identity.Name || text == function.Identity.Attributes["Arn"]);

    private static Dictionary<string, string> Variables(JsonObject properties) => (properties["Environment"]?["Variables"] as JsonObject ?? [])
        .ToDictionary(variable => variable.Key, variable => variable.Value!.ToString(), StringComparer.Ordinal);

    private static int? Number(JsonNode? node) => node is null ? null : int.Parse(node.ToString(), CultureInfo.InvariantCulture);
}
