using System.Diagnostics;
using Amazon.SQS.Model;
using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.Tests.Core.Telemetry;

public sealed class TraceCarrierTests
{
    private const string TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private const string XRayHeader = "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1";

    private static readonly Gen<ActivityContext> Contexts =
        from bytes in Gen.Choose(0, 255).ArrayOf(24)
        from sampled in Gen.Elements(ActivityTraceFlags.None, ActivityTraceFlags.Recorded)
        from state in Gen.Elements(null, "a=1", "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7", new string('x', 512))
        let ids = bytes.Select(value => (byte)value).ToArray()
        where ids[..16].Any(value => value != 0) && ids[16..].Any(value => value != 0)
        select new ActivityContext(
            ActivityTraceId.CreateFromBytes(ids.AsSpan(0, 16)), ActivitySpanId.CreateFromBytes(ids.AsSpan(16)), sampled, state, isRemote: true);

    private static ActivityContext Known => ActivityContext.Parse(TraceParent, "congo=t61rcWkgMzE");

    [Fact]
    public void What_is_put_into_a_message_comes_out_of_it_by_either_way() => Prop.ForAll(Contexts.ToArbitrary(), context =>
    {
        var message = new SendMessageBatchRequestEntry("1", "{}");
        TraceCarrier.Inject(context, message);

        var header = message.MessageSystemAttributes[TraceCarrier.AwsTraceHeader];
        Assert.Equal(context, TraceCarrier.Extract(name => message.MessageAttributes.GetValueOrDefault(name)?.StringValue, awsTraceHeader: null));
        // A tracestate has no place in X-Ray's header.
        Assert.Equal(
            new ActivityContext(context.TraceId, context.SpanId, context.TraceFlags, isRemote: true), TraceCarrier.Extract(_ => null, header.StringValue));
        Assert.All(message.MessageAttributes.Values, value => Assert.Equal("String", value.DataType));
        Assert.Equal("String", header.DataType);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Both_forms_are_those_of_their_standards()
    {
        var message = new SendMessageRequest("url", "{}");

        TraceCarrier.Inject(Known, message);

        Assert.Equal(TraceParent, message.MessageAttributes["traceparent"].StringValue);
        Assert.Equal("congo=t61rcWkgMzE", message.MessageAttributes["tracestate"].StringValue);
        Assert.Equal(XRayHeader, message.MessageSystemAttributes["AWSTraceHeader"].StringValue);
    }

    [Fact]
    public void The_message_attribute_goes_before_the_header()
    {
        const string Other = "Root=1-00000000-000000000000000000000001;Parent=0000000000000002;Sampled=1";

        Assert.Equal(Known.TraceId, TraceCarrier.Extract(name => name == "traceparent" ? TraceParent : null, Other)?.TraceId);
        Assert.Equal("0000000000000002", TraceCarrier.Extract(name => name == "traceparent" ? "nonsense" : null, Other)?.SpanId.ToHexString());
    }

    [Fact]
    public void No_context_adds_nothing()
    {
        var message = new SendMessageRequest("url", "{}");

        TraceCarrier.Inject(default, message);

        Assert.Null(message.MessageAttributes);
        Assert.Null(message.MessageSystemAttributes);
    }

    [Theory]
    [InlineData(8, 10)]
    [InlineData(9, 10)]
    [InlineData(10, 10)]
    public void A_message_never_has_more_than_ten_attributes_and_keeps_those_it_has(int before, int after)
    {
        var message = new SendMessageRequest("url", "{}")
        {
            MessageAttributes = Enumerable.Range(0, before).ToDictionary(
                number => $"a{number}", _ => new MessageAttributeValue { DataType = "String", StringValue = "kept" }),
        };

        TraceCarrier.Inject(Known, message);

        Assert.Equal(after, message.MessageAttributes.Count);
        Assert.Equal(before, message.MessageAttributes.Values.Count(value => value.StringValue == "kept"));
        // The system attribute does not count.
        Assert.Equal(XRayHeader, message.MessageSystemAttributes["AWSTraceHeader"].StringValue);
    }

    [Fact]
    public void A_context_that_is_there_already_is_replaced()
    {
        var message = new SendMessageRequest("url", "{}");
        TraceCarrier.Inject(ActivityContext.Parse("00-11111111111111111111111111111111-2222222222222222-00", null), message);

        TraceCarrier.Inject(Known, message);

        Assert.Equal(TraceParent, message.MessageAttributes["traceparent"].StringValue);
        Assert.Equal(XRayHeader, message.MessageSystemAttributes["AWSTraceHeader"].StringValue);
    }

    [Fact]
    public void Where_the_sending_is_not_traced_the_context_around_it_travels()
    {
        using var around = new Activity("around").Start();

        Assert.Equal(around.Context, TraceCarrier.ContextOf(sending: null));
        using var sending = new Activity("sending").Start();
        Assert.Equal(sending.Context, TraceCarrier.ContextOf(sending));
    }
}
