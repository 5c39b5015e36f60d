using System.Diagnostics;
using Amazon.Lambda.Core;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Telemetry;
using QuizAspire.Functions.Batches;

namespace QuizAspire.Functions.Telemetry;

/// <summary>
/// The spans of the functions, by OpenTelemetry's FaaS and messaging conventions. None holds anything of a message but its identifiers. Each is null
/// when nobody listens.
/// </summary>
internal static class FunctionSpans
{
    public const string SourceName = "QuizAspire.Functions";
    public const string SubmissionId = "quizaspire.submission.id";
    public const string QuizId = "quizaspire.quiz.id";
    public const string StatisticsId = "quizaspire.statistics.id";
    public const string Outcome = "quizaspire.outcome";
    public const string ErrorType = "error.type";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>One call of the function: in the trace that Lambda was called in, where it tells one.</summary>
    /// <param name="function">Its name in the template; Lambda's own name for it may have more to it.</param>
    public static Activity? StartInvocation(string function, string trigger, ILambdaContext context)
    {
        var kind = trigger == FaasTrigger.Queue ? ActivityKind.Consumer : ActivityKind.Server;
        var span = Source.StartActivity(function, kind, XRayTrace.Parse(context.TraceId) ?? default);
        if (span is not { IsAllDataRequested: true })
            return span;

        span.SetTag("faas.trigger", trigger);
        span.SetTag("faas.invocation_id", context.AwsRequestId);
        span.SetTag("cloud.resource_id", context.InvokedFunctionArn);
        return span;
    }

    /// <summary>What is done for one message: in its sender's trace, linked with the invocation, or under the invocation where it tells no trace.</summary>
    /// <param name="sendsOn">Whether it may send something on, which the decision not to keep the trace goes with.</param>
    public static Activity? StartProcess(QueueRecord record, bool sendsOn)
    {
        // Most messages are of traces that nobody keeps, and a span costs something where it is thrown away too.
        if (!sendsOn && record.Sender is { TraceFlags: ActivityTraceFlags.None })
            return null;

        var invocation = Activity.Current;
        var name = $"process {record.Queue}";
        var span = record.Sender is { } sender
            ? Source.StartActivity(name, ActivityKind.Consumer, sender, links: invocation is null ? null : [new ActivityLink(invocation.Context)])
            : Source.StartActivity(name, ActivityKind.Consumer);
        // Spans of one batch overlap, so whoever works on a message says so: see MessageSpan.Enter.
        Activity.Current = invocation;
        if (span is not { IsAllDataRequested: true })
            return span;

        SetDestination(span, "aws_sqs", record.Queue, "process", "process");
        span.SetTag("messaging.message.id", record.MessageId);
        span.SetTag("quizaspire.message.receive_count", record.ReceiveCount);
        return span;
    }

    /// <summary>The storing of one message's result, whether or not other messages' results go with the same call.</summary>
    public static Activity? StartWrite(Activity? message)
    {
        if (message is null)
            return null;

        var before = Activity.Current;
        var span = Source.StartActivity("write quiz-results", ActivityKind.Internal, message.Context);
        Activity.Current = before;
        return span;
    }

    /// <summary>The sending of a message, whose context goes with it.</summary>
    public static Activity? StartSend(string queueUrl) => StartProducer("send", "aws_sqs", QueueUrl.NameOf(queueUrl));

    /// <summary>The telling of a topic, whose context goes with it.</summary>
    public static Activity? StartPublish(string topicArn) => StartProducer("publish", "aws.sns", topicArn[(topicArn.LastIndexOf(':') + 1)..]);

    public static void Fail(this Activity span, string errorType, string? reason = null)
    {
        span.SetTag(ErrorType, errorType);
        span.SetStatus(ActivityStatusCode.Error, reason);
    }

    public static void SetDestination(Activity span, string system, string destination, string operation, string type)
    {
        span.SetTag("messaging.system", system);
        span.SetTag("messaging.destination.name", destination);
        span.SetTag("messaging.operation.name", operation);
        span.SetTag("messaging.operation.type", type);
        // What the two were one of before; the dashboard's summary of a span still reads it.
        span.SetTag("messaging.operation", operation);
    }

    private static Activity? StartProducer(string operation, string system, string destination)
    {
        var span = Source.StartActivity($"{operation} {destination}", ActivityKind.Producer);
        if (span is { IsAllDataRequested: true })
            SetDestination(span, system, destination, operation, "send");
        return span;
    }
}
