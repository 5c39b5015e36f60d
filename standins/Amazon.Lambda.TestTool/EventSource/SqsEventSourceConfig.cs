using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.TestTool.EventSource;

/// <summary>
/// One SQS event source: <c>QueueUrl=...,FunctionName=...</c> or the same as JSON, with the real tool's keys. <c>MaximumConcurrency</c> is ours;
/// the real tool, which runs one batch at a time, reads over it.
/// </summary>
/// <remarks>What has a default is not init-only, or the generated JSON reader would set it to 0.</remarks>
internal sealed record SqsEventSourceConfig
{
    public string? QueueUrl { get; init; }

    public string? FunctionName { get; init; }

    /// <summary>Base address of the emulator; the one in this process when not given.</summary>
    public string? LambdaRuntimeApi { get; init; }

    /// <summary>1 to 10 messages.</summary>
    public int BatchSize { get; set; } = 10;

    /// <summary>How many batches may be in flight at once, 1 to 1000.</summary>
    public int MaximumConcurrency { get; set; } = 1;

    /// <summary>In seconds; the queue's own when not given, as on AWS.</summary>
    public int? VisibilityTimeout { get; init; }

    public bool DisableMessageDelete { get; init; }

    public string? Profile { get; init; }

    public string? Region { get; init; }

    public SqsEventSourceConfig WithRuntimeApi(string? url) => LambdaRuntimeApi is null ? this with { LambdaRuntimeApi = url } : this;

    /// <exception cref="ArgumentException">The text is not a specification; the message says which part.</exception>
    public static IReadOnlyList<SqsEventSourceConfig> Parse(string text)
    {
        text = text.Trim();
        IReadOnlyList<SqsEventSourceConfig> configs;
        try
        {
            configs = text switch
            {
                ['[', ..] => JsonSerializer.Deserialize(text, SqsEventSourceConfigJson.Default.SqsEventSourceConfigArray) ?? [],
                ['{', ..] => [JsonSerializer.Deserialize(text, SqsEventSourceConfigJson.Default.SqsEventSourceConfig)!],
                _ => [FromPairs(text)]
            };
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The SQS event source is not readable as JSON: {e.Message}", e);
        }
        foreach (var config in configs)
            config.Validate();
        return configs;
    }

    private static SqsEventSourceConfig FromPairs(string text)
    {
        var config = new SqsEventSourceConfig();
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [var key, var value])
                throw new ArgumentException($"The SQS event source has '{pair}' where 'key=value' should be");
            config = key.ToUpperInvariant() switch
            {
                "QUEUEURL" => config with { QueueUrl = value },
                "FUNCTIONNAME" => config with { FunctionName = value },
                "LAMBDARUNTIMEAPI" => config with { LambdaRuntimeApi = value },
                "BATCHSIZE" => config with { BatchSize = Number(key, value) },
                "MAXIMUMCONCURRENCY" => config with { MaximumConcurrency = Number(key, value) },
                "VISIBILITYTIMEOUT" => config with { VisibilityTimeout = Number(key, value) },
                "DISABLEMESSAGEDELETE" => config with { DisableMessageDelete = Flag(key, value) },
                "PROFILE" => config with { Profile = value },
                "REGION" => config with { Region = value },
                _ => throw new ArgumentException($"The SQS event source has an unknown key '{key}'")
            };
        }
        return config;
    }

    private void Validate()
    {
        if (string.IsNullOrEmpty(QueueUrl) || string.IsNullOrEmpty(FunctionName))
            throw new ArgumentException("An SQS event source needs QueueUrl and FunctionName");
        if (BatchSize is < 1 or > 10)
            throw new ArgumentException($"BatchSize is {BatchSize}; SQS hands out 1 to 10 messages");
        if (MaximumConcurrency is < 1 or > 1000)
            throw new ArgumentException($"MaximumConcurrency is {MaximumConcurrency}; it may be 1 to 1000");
    }

    private static bool Flag(string key, string value) => bool.TryParse(value, out var flag) ? flag : throw NotReadable(key, value);

    private static int Number(string key, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw NotReadable(key, value);

    private static ArgumentException NotReadable(string key, string value) => new($"The SQS event source's {key} cannot be '{value}'");
}

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(SqsEventSourceConfig))]
[JsonSerializable(typeof(SqsEventSourceConfig[]))]
internal sealed partial class SqsEventSourceConfigJson : JsonSerializerContext;
