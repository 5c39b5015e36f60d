using System.Diagnostics;

namespace QuizAspire.Core.Telemetry;

/// <summary>
/// X-Ray's trace header, <c>Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1</c>. Its trace id is W3C's with two hyphens
/// and a version, so the two convert without loss; a tracestate has no place in it.
/// </summary>
public static class XRayTrace
{
    // The header of a request through many services of AWS; those fields that are read take 76 of it.
    private const int MaxLength = 512;

    public static string Format(ActivityContext context)
    {
        var trace = context.TraceId.ToHexString();
        var sampled = context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? 1 : 0;
        return $"Root=1-{trace[..8]}-{trace[8..]};Parent={context.SpanId.ToHexString()};Sampled={sampled}";
    }

    /// <summary>Null where there is none, where it cannot be read, and where it names no parent: such a header asks for a trace, it is none yet.</summary>
    public static ActivityContext? Parse(string? header)
    {
        if (header is null or { Length: > MaxLength })
            return null;

        ActivityTraceId trace = default;
        ActivitySpanId parent = default;
        var flags = ActivityTraceFlags.None;
        foreach (var range in header.AsSpan().Split(';'))
        {
            var field = header.AsSpan()[range].Trim();
            if (field.StartsWith("Root=", StringComparison.Ordinal))
                trace = TraceId(field[5..]);
            else if (field.StartsWith("Parent=", StringComparison.Ordinal))
                parent = SpanId(field[7..]);
            else if (field.SequenceEqual("Sampled=1"))
                flags = ActivityTraceFlags.Recorded;
        }

        var context = new ActivityContext(trace, parent, flags, isRemote: true);
        return W3CTrace.IsContext(context) ? context : null;
    }

    private static ActivityTraceId TraceId(ReadOnlySpan<char> text)
    {
        // 1-<8 hex>-<24 hex>
        if (text.Length != 35 || text is not ['1', '-', ..] || text[10] != '-')
            return default;

        Span<char> hex = stackalloc char[32];
        return Lower(text[2..10], hex) && Lower(text[11..], hex[8..]) && hex.ContainsAnyExcept('0') ? ActivityTraceId.CreateFromString(hex) : default;
    }

    private static ActivitySpanId SpanId(ReadOnlySpan<char> text)
    {
        Span<char> hex = stackalloc char[16];
        return text.Length == hex.Length && Lower(text, hex) && hex.ContainsAnyExcept('0') ? ActivitySpanId.CreateFromString(hex) : default;
    }

    private static bool Lower(ReadOnlySpan<char> text, Span<char> hex)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiHexDigit(text[i]))
                return false;

            hex[i] = char.ToLowerInvariant(text[i]);
        }

        return true;
    }
}
