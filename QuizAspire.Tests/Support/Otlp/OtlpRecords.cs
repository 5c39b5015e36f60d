namespace QuizAspire.Tests.Support.Otlp;

/// <summary>Values are string, bool, long, double, byte[], or a list of these.</summary>
internal sealed class OtlpAttributes : Dictionary<string, object?>
{
    public string? Text(string name) => this.GetValueOrDefault(name)?.ToString();
}

internal enum OtlpSpanKind
{
    Unspecified,
    Internal,
    Server,
    Client,
    Producer,
    Consumer,
}

internal enum OtlpStatus
{
    Unset,
    Ok,
    Error,
}

/// <summary>Where something comes from.</summary>
/// <param name="Resource">The process's attributes.</param>
/// <param name="Scope">Name of the activity source, the meter or the logger.</param>
internal sealed record OtlpOrigin(OtlpAttributes Resource, string Scope)
{
    public string? Service => Resource.Text("service.name");
}

internal sealed record OtlpLink(string TraceId, string SpanId, OtlpAttributes Attributes);

internal sealed record OtlpEvent(string Name, OtlpAttributes Attributes);

/// <summary>A finished span. Ids are lower-case hexadecimal; a root's <see cref="ParentSpanId"/> is empty. Times are nanoseconds since 1970.</summary>
internal sealed record OtlpSpan(OtlpOrigin Origin)
{
    public string TraceId { get; init; } = "";

    public string SpanId { get; init; } = "";

    public string ParentSpanId { get; init; } = "";

    public string TraceState { get; init; } = "";

    public string Name { get; init; } = "";

    public OtlpSpanKind Kind { get; init; }

    public ulong StartNanoseconds { get; init; }

    public ulong EndNanoseconds { get; init; }

    public OtlpStatus Status { get; init; }

    public string StatusMessage { get; init; } = "";

    public OtlpAttributes Attributes { get; init; } = [];

    public IReadOnlyList<OtlpLink> Links { get; init; } = [];

    public IReadOnlyList<OtlpEvent> Events { get; init; } = [];

    public string? Service => Origin.Service;

    public bool IsRoot => ParentSpanId.Length == 0;

    public bool IsLinkedWith(OtlpSpan other) => Links.Any(link => link.SpanId == other.SpanId && link.TraceId == other.TraceId);

    public override string ToString() => $"{Service}: {Name} ({Kind}, {TraceId}/{SpanId} under {ParentSpanId})";
}

internal sealed record OtlpLog(OtlpOrigin Origin)
{
    public string TraceId { get; init; } = "";

    public string SpanId { get; init; } = "";

    /// <summary>As the conventions number them: 9 is Information, 13 a warning, 17 an error.</summary>
    public int Severity { get; init; }

    public string EventName { get; init; } = "";

    public string Body { get; init; } = "";

    public OtlpAttributes Attributes { get; init; } = [];
}

internal enum OtlpInstrument
{
    Unknown,
    Gauge,
    Sum,
    Histogram,
}

/// <summary>One point of a metric: the state of one set of attributes at one export.</summary>
/// <param name="Value">Of a sum or a gauge; a histogram's sum.</param>
/// <param name="Count">Of a histogram's measurements.</param>
/// <param name="Bounds">A histogram's bucket boundaries.</param>
/// <param name="Buckets">Its counts, one more than there are boundaries.</param>
internal sealed record OtlpPoint(OtlpAttributes Attributes, double Value, long Count, IReadOnlyList<double> Bounds, IReadOnlyList<long> Buckets);

internal sealed record OtlpMetric(OtlpOrigin Origin, string Name, string Unit, OtlpInstrument Instrument, IReadOnlyList<OtlpPoint> Points);
