using System.Diagnostics;

namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>
/// Takes of a request the trace that it is in and none of its baggage, which HTTP clients would pass on: kilobytes of anybody's words in the headers of calls to
/// AWS, of which one may be for the submissions of ten others.
/// </summary>
internal sealed class TraceWithoutBaggage(DistributedContextPropagator trace) : DistributedContextPropagator
{
    private static readonly string[] Baggage = ["baggage", "Correlation-Context"];

    public override IReadOnlyCollection<string> Fields { get; } = [.. trace.Fields.Except(Baggage)];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) => trace.Inject(
        activity, carrier, setter is null ? null : (target, name, value) =>
        {
            if (!Baggage.Contains(name))
                setter(target, name, value);
        });

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        trace.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
