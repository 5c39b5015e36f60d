using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>Resolved properties as CloudFormation takes them: a number or a truth value may stand there as a text, and a text as a number.</summary>
internal static class PropertyValues
{
    public static string? Text(this JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node?.ToJsonString();

    public static int? Number(this JsonNode? node) => node.Text() is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public static double? Decimal(this JsonNode? node) => node.Text() is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    public static bool? Truth(this JsonNode? node) => node.Text() is { } text ? bool.Parse(text) : null;

    /// <summary>Scheduler's times; in UTC where they name no offset.</summary>
    public static DateTimeOffset? Time(this JsonNode? node) =>
        node.Text() is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    public static TimeSpan? Seconds(this JsonNode? node) => node.Number() is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public static IReadOnlyList<string> Texts(this JsonNode? node) => [.. (node as JsonArray ?? []).Select(item => item.Text()).OfType<string>()];
}
