using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.Tests.Core.Telemetry;

/// <summary>Contexts that others wrote, or that nobody meant as one.</summary>
public sealed class ForeignContextTests
{
    private const string Ids = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01")]
    [InlineData($"ff-{Ids}-01")]
    [InlineData($"00-{Ids}-01-more")]
    [InlineData($"01-{Ids}-01more")]
    [InlineData($"00-{Ids}-0g")]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01")]
    public void What_is_no_traceparent_is_no_context(string? text) => Assert.Null(Extract(text));

    [Fact]
    public void A_later_version_is_read_as_far_as_it_is_known()
    {
        Assert.Equal("00f067aa0ba902b7", Extract($"01-{Ids}-01-and-more")?.SpanId.ToHexString());
        Assert.Null(Extract($"01-{Ids}-01-{new string('x', 1000)}"));
    }

    [Theory]
    [InlineData("a=1\r\nset-cookie: b")]
    [InlineData("ä=1")]
    public void A_tracestate_that_could_not_be_passed_on_is_dropped_and_the_context_kept(string state) =>
        Assert.Null(TraceCarrier.Extract(name => name == "traceparent" ? $"00-{Ids}-01" : state, null)!.Value.TraceState);

    [Fact]
    public void A_tracestate_that_is_too_long_is_dropped() =>
        Assert.Null(TraceCarrier.Extract(name => name == "traceparent" ? $"00-{Ids}-01" : new string('x', 513), null)!.Value.TraceState);

    [Theory]
    [InlineData("Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1", ActivityTraceFlags.Recorded)]
    [InlineData("Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=0", ActivityTraceFlags.None)]
    [InlineData("Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=?", ActivityTraceFlags.None)]
    [InlineData("Self=1-5-6; Lineage=a:b:c;Sampled=1 ;Parent=00F067AA0BA902B7;Root=1-4BF92F35-77B34DA6A3CE929D0E0E4736", ActivityTraceFlags.Recorded)]
    public void XRays_header_is_read_in_any_order_with_any_other_field(string header, ActivityTraceFlags flags)
    {
        var context = XRayTrace.Parse(header)!.Value;

        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", context.TraceId.ToHexString());
        Assert.Equal("00f067aa0ba902b7", context.SpanId.ToHexString());
        Assert.Equal(flags, context.TraceFlags);
        Assert.True(context.IsRemote);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Root=1-4bf92f35-77b34da6a3ce929d0e0e4736")]
    [InlineData("Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b")]
    [InlineData("Root=2-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7")]
    [InlineData("Root=1-4bf92f35-77b34da6a3ce929d0e0e473g;Parent=00f067aa0ba902b7")]
    [InlineData("Root=1-00000000-000000000000000000000000;Parent=00f067aa0ba902b7")]
    public void What_names_no_parent_in_XRays_format_is_no_context(string? header) => Assert.Null(XRayTrace.Parse(header));

    [Fact]
    public void A_header_that_is_too_long_is_no_context() =>
        Assert.Null(XRayTrace.Parse("Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1;" + new string('x', 512)));

    [Fact]
    public void No_text_makes_an_error() => Prop.ForAll(Noise().ToArbitrary(), text =>
    {
        foreach (var context in new[] { Extract(text), XRayTrace.Parse(text) }.OfType<ActivityContext>())
        {
            Assert.NotEqual(default, context.TraceId);
            Assert.NotEqual(default, context.SpanId);
        }
    }).QuickCheckThrowOnFailure();

    private static ActivityContext? Extract(string? traceParent) => TraceCarrier.Extract(name => name == "traceparent" ? traceParent : null, null);

    /// <summary>Good ones with some of their characters changed, and the first part of it.</summary>
    private static Gen<string> Noise() =>
        from good in Gen.Elements($"00-{Ids}-01", "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1")
        from changes in Gen.Choose(0, good.Length - 1).Zip(Gen.Elements('0', 'g', '-', ';', '=', '\0', 'ä', 'F', ' ')).ListOf()
        from length in Gen.Choose(0, good.Length)
        select new string([.. changes.Aggregate(good.ToCharArray(), Change).Take(length)]);

    private static char[] Change(char[] text, (int At, char With) change)
    {
        text[change.At] = change.With;
        return text;
    }
}
