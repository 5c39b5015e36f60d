using System.Text.Json.Serialization;

namespace Aspire.Hosting.Dcp.Model;

internal sealed class Metadata
{
    public string Name { get; set; } = "";

    public string? Uid { get; set; }

    public DateTime? CreationTimestamp { get; set; }

    public Dictionary<string, string>? Annotations { get; set; }
}

internal abstract class DcpObject
{
    public string ApiVersion { get; set; } = "usvc-dev.developer.microsoft.com/v1";

    public abstract string Kind { get; set; }

    public Metadata Metadata { get; set; } = new();
}

internal sealed record EnvironmentEntry(string Name, string? Value);

internal sealed class WatchEvent<T> where T : DcpObject
{
    public string Type { get; set; } = "";

    public T? Object { get; set; }
}

internal sealed class StopPatch
{
    public StopSpec Spec { get; set; } = new();

    internal sealed class StopSpec
    {
        public bool Stop { get; set; } = true;
    }
}

[JsonSerializable(typeof(Executable))]
[JsonSerializable(typeof(Service))]
[JsonSerializable(typeof(WatchEvent<Executable>))]
[JsonSerializable(typeof(WatchEvent<Service>))]
[JsonSerializable(typeof(ExecutableList))]
[JsonSerializable(typeof(StopPatch))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class DcpJsonContext : JsonSerializerContext;
