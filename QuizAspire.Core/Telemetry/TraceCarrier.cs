using System.Diagnostics;
using Amazon.SQS.Model;

namespace QuizAspire.Core.Telemetry;

/// <summary>
/// Carries the context of a trace beside a message's body: W3C's fields as message attributes, which any OpenTelemetry reader knows, and for SQS
/// the system attribute that X-Ray knows. Baggage is neither written nor read.
/// </summary>
public static class TraceCarrier
{
    /// <summary>Message attribute of the context, by W3C Trace Context.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>Message attribute of what tracing systems add to the context, by W3C Trace Context.</summary>
    public const string TraceState = "tracestate";

    /// <summary>SQS's system attribute of the context, in X-Ray's format.</summary>
    public const string AwsTraceHeader = "AWSTraceHeader";

    /// <summary>Most message attributes that a message may have: SQS hands out no more to some of its readers, Lambda's event source among them.</summary>
    public const int MaxAttributes = 10;

    /// <summary>
    /// What a message stems from: the span of its sending, or where that is not traced the one around it, so that the decision not to trace travels too.
    /// </summary>
    public static ActivityContext ContextOf(Activity? sending) => sending?.Context ?? Activity.Current?.Context ?? default;

    /// <summary>W3C's fields of the context, none if it is no context.</summary>
    public static IEnumerable<KeyValuePair<string, string>> FieldsOf(ActivityContext context)
    {
        if (!W3CTrace.IsContext(context))
            yield break;

        yield return new(TraceParent, W3CTrace.Format(context));
        if (W3CTrace.UsableState(context.TraceState) is { } state)
            yield return new(TraceState, state);
    }

    /// <summary>Adds the context to the message, as far as it has room for attributes.</summary>
    public static void Inject(ActivityContext context, SendMessageRequest message)
    {
        message.MessageAttributes = With(context, message.MessageAttributes);
        message.MessageSystemAttributes = With(context, message.MessageSystemAttributes);
    }

    /// <inheritdoc cref="Inject(ActivityContext, SendMessageRequest)"/>
    public static void Inject(ActivityContext context, SendMessageBatchRequestEntry message)
    {
        message.MessageAttributes = With(context, message.MessageAttributes);
        message.MessageSystemAttributes = With(context, message.MessageSystemAttributes);
    }

    /// <summary>The context that a message came with, if it can be read.</summary>
    /// <param name="attribute">Value of the message attribute of a name, or null.</param>
    /// <param name="awsTraceHeader">Value of the system attribute, or null; asked only where the message attributes have no context.</param>
    public static ActivityContext? Extract(Func<string, string?> attribute, string? awsTraceHeader) =>
        W3CTrace.Parse(attribute(TraceParent), attribute(TraceState)) ?? XRayTrace.Parse(awsTraceHeader);

    private static Dictionary<string, MessageAttributeValue>? With(ActivityContext context, Dictionary<string, MessageAttributeValue>? attributes)
    {
        foreach (var (name, value) in FieldsOf(context))
        {
            attributes ??= [];
            if (attributes.Count < MaxAttributes || attributes.ContainsKey(name))
                attributes[name] = new MessageAttributeValue { DataType = "String", StringValue = value };
        }

        return attributes;
    }

    private static Dictionary<string, MessageSystemAttributeValue>? With(
        ActivityContext context, Dictionary<string, MessageSystemAttributeValue>? attributes)
    {
        if (!W3CTrace.IsContext(context))
            return attributes;

        attributes ??= [];
        attributes[AwsTraceHeader] = new MessageSystemAttributeValue { DataType = "String", StringValue = XRayTrace.Format(context) };
        return attributes;
    }
}
