using System.Diagnostics;

namespace QuizAspire.Core.Telemetry;

/// <summary>W3C Trace Context's two fields. What does not follow its rules is no context, never an error.</summary>
internal static class W3CTrace
{
    // version 00: 00-<32 hex>-<16 hex>-<2 hex>
    private const int Length = 55;

    // A later version may be longer; this is more than any would need.
    private const int MaxLength = 256;

    // What the recommendation asks everybody to pass on; what is longer may be dropped.
    private const int MaxStateLength = 512;

    public static bool IsContext(ActivityContext context) => context.TraceId != default && context.SpanId != default;

    public static string Format(ActivityContext context) =>
        $"00-{context.TraceId.ToHexString()}-{context.SpanId.ToHexString()}-{(byte)context.TraceFlags:x2}";

    public static ActivityContext? Parse(string? traceParent, string? traceState)
    {
        if (traceParent is null || traceParent.Length is < Length or > MaxLength || traceParent is not [_, _, '-', ..])
            return null;

        var isVersion00 = traceParent.StartsWith("00", StringComparison.Ordinal);
        if (traceParent.Length > Length && (isVersion00 || traceParent[Length] != '-'))
            return null;

        return ActivityContext.TryParse(traceParent[..Length], UsableState(traceState), isRemote: true, out var context) && IsContext(context)
            ? context
            : null;
    }

    /// <summary>The state if it is one that can be passed on: printable ASCII, not too long.</summary>
    public static string? UsableState(string? state) =>
        state is { Length: > 0 and <= MaxStateLength } && !state.AsSpan().ContainsAnyExceptInRange(' ', '~') ? state : null;
}
