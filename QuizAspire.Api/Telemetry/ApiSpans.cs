using System.Diagnostics;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.Api.Telemetry;

/// <summary>
/// The API's own spans, by OpenTelemetry's messaging conventions; those of requests and of calls to AWS are the service defaults'. None holds anything
/// of a message but its identifiers. Each is null when nobody listens.
/// </summary>
internal static class ApiSpans
{
    public const string SourceName = "QuizAspire.Api";
    public const string MessageId = "messaging.message.id";
    public const string SubmissionId = "quizaspire.submission.id";
    public const string StatisticsId = "quizaspire.statistics.id";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The sending of a message, whose context goes with it. It does not become the current span: it may end long after the request.</summary>
    /// <param name="bodySize">In bytes.</param>
    public static Activity? StartSend(string queue, string idName, string id, int bodySize)
    {
        if (!Source.HasListeners())
            return null;
        var request = Activity.Current;
        var span = Source.StartActivity($"send {queue}", ActivityKind.Producer);
        Activity.Current = request;
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("messaging.system", "aws_sqs");
            span.SetTag("messaging.destination.name", queue);
            span.SetTag("messaging.operation.name", "send");
            span.SetTag("messaging.operation.type", "send");
            // What the two were one of before; the dashboard's summary of a span still reads it.
            span.SetTag("messaging.operation", "send");
            span.SetTag("messaging.message.body.size", bodySize);
            span.SetTag(idName, id);
        }
        return span;
    }

    /// <summary>
    /// What goes with a message: that of its sending, or where that is not kept that of the request, so that the decision not to trace it travels too. None
    /// where nobody traces: then whoever reads the message decides.
    /// </summary>
    public static ActivityContext ContextOf(Activity? sending) =>
        Source.HasListeners() || Activity.Current is { Recorded: true } ? TraceCarrier.ContextOf(sending) : default;

    public static void Fail(this Activity span, string errorType)
    {
        span.SetTag("error.type", errorType);
        span.SetStatus(ActivityStatusCode.Error);
    }
}
