using System.Text.Json.Serialization;

namespace Amazon.Lambda.TestTool.Emulator;

/// <summary>An error as a function reports it, and as the Runtime API answers.</summary>
internal sealed record FunctionError(string ErrorType, string ErrorMessage);

internal sealed record RuntimeStatus(string Status);

/// <summary>An error of the Invoke API.</summary>
internal sealed record ServiceError(
    [property: JsonPropertyName("Type")] string Type,
    [property: JsonPropertyName("Message")] string Message,
    [property: JsonPropertyName("Reason")] string? Reason = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FunctionError))]
[JsonSerializable(typeof(RuntimeStatus))]
[JsonSerializable(typeof(ServiceError))]
[JsonSerializable(typeof(FunctionCounts))]
[JsonSerializable(typeof(IReadOnlyList<FunctionCounts>))]
internal sealed partial class EmulatorJson : JsonSerializerContext;
