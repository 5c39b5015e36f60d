namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>What telemetry is about and where it goes, in the words of OpenTelemetry's own variables.</summary>
public sealed record TelemetryTarget
{
    /// <summary>
    /// Value of a variable by its name, or null: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, <c>OTEL_EXPORTER_OTLP_HEADERS</c>,
    /// <c>OTEL_SERVICE_NAME</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c> (where <c>service.instance.id</c> is said) and so on. The process's own environment unless set.
    /// </summary>
    public Func<string, string?> Variables { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Names of the activity sources and meters that belong to it; <c>*</c> stands for any characters.</summary>
    public IReadOnlyList<string> Sources { get; init; } = ["QuizAspire.*"];

    /// <summary>Whether the numbers of the process itself (memory, collections, threads, HTTP) belong to it.</summary>
    public bool IncludesRuntime { get; init; } = true;

    /// <summary>
    /// Whether HTTP requests, those that it answers and those that it sends, are spans. Not in a process whose only requests are calls of AWS, which
    /// have spans of their own, and those by which a function asks Lambda for work.
    /// </summary>
    public bool IncludesHttp { get; init; }

    /// <summary>
    /// Whether what is left is exported when the process is told to end (SIGTERM, SIGINT), which it then does: for a process without a host, which would end its
    /// telemetry in its own time.
    /// </summary>
    public bool EndsOnSignal { get; init; }
}
