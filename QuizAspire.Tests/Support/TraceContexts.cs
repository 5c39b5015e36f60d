using System.Diagnostics;
using System.Globalization;

namespace QuizAspire.Tests.Support;

/// <summary>Contexts of spans that are somebody else's: a client's, a sender's, Lambda's.</summary>
internal static class TraceContexts
{
    public static ActivityContext New(ActivityTraceFlags flags = ActivityTraceFlags.Recorded, string? state = null) =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags, state);

    public static string TraceParent(ActivityContext context) => string.Create(
        CultureInfo.InvariantCulture, $"00-{context.TraceId.ToHexString()}-{context.SpanId.ToHexString()}-{(byte)context.TraceFlags:x2}");
}
