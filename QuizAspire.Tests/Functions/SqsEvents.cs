using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using QuizAspire.Core.Submissions;
using QuizAspire.Core.Telemetry;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Functions;

/// <summary>A message as the queue delivers it.</summary>
internal sealed record Delivery(string Group, string Body, int Receive = 1)
{
    public static readonly DateTimeOffset SentAt = new(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);

    public string MessageId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>The sender's; the message's own id unless a test says otherwise.</summary>
    public string DeduplicationId { get => field ?? MessageId; init; }

    public DateTimeOffset Sent { get; init; } = SentAt;

    public string Queue { get; init; } = "quiz-submissions.fifo";

    /// <summary>Message attributes, such as the context of the trace that sent it.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>The system attribute AWSTraceHeader.</summary>
    public string? AwsTraceHeader { get; init; }

    /// <summary>What a redrive that sends messages anew has put into the message's attributes.</summary>
    public MessageOrigin? StatedOrigin { get; init; }

    public IEnumerable<KeyValuePair<string, string>> AllAttributes => StatedOrigin is { } origin
        ? Attributes.Append(new(MessageOrigin.AttributeName, origin.ToAttribute()))
        : Attributes;

    /// <summary>The id of a submission that was sent without one.</summary>
    public string SubmissionId => QuizAspire.Core.Submissions.SubmissionId.ForMessage(Sent, MessageId);

    /// <summary>The seed's message: answer key included, neither id nor time.</summary>
    public static Delivery OfSeed(string student, string answer = "A", string correct = "A") => new(
        student,
        JsonSerializer.Serialize(new
        {
            student_id = student,
            quiz_id = "quiz-1",
            answers = new { q1 = answer },
            correct_answers = new { q1 = correct },
        }));

    /// <summary>A trusted producer's message with an id of its own, the same for whatever answer.</summary>
    public static Delivery OfOwnId(string student, string answer) => new(student, new SubmissionMessage(
        student, "quiz-1", Json.Of($$"""{"q1": "{{answer}}"}"""), Json.Of("""{"q1": "A"}"""), "homework-7", SentAt).ToJson());

    /// <summary>Sent by this span.</summary>
    public Delivery From(ActivityContext sender) => this with
    {
        Attributes = TraceCarrier.FieldsOf(sender).ToDictionary(),
    };

    public static Delivery Poison(string student) => new(student, "{ this is not JSON");
}

internal static class SqsEvents
{
    public static string Of(params IEnumerable<Delivery> deliveries) => JsonSerializer.Serialize(new
    {
        Records = deliveries.Select(delivery => new
        {
            messageId = delivery.MessageId,
            receiptHandle = "handle-" + delivery.MessageId,
            body = delivery.Body,
            attributes = new Dictionary<string, string?>
            {
                ["ApproximateReceiveCount"] = delivery.Receive.ToString(CultureInfo.InvariantCulture),
                ["SentTimestamp"] = delivery.Sent.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
                ["MessageGroupId"] = delivery.Group,
                ["MessageDeduplicationId"] = delivery.DeduplicationId,
                ["SequenceNumber"] = "18849496460467696128",
                ["AWSTraceHeader"] = delivery.AwsTraceHeader,
            }.Where(attribute => attribute.Value is not null).ToDictionary(),
            messageAttributes = delivery.AllAttributes.ToDictionary(
                attribute => attribute.Key, attribute => new { stringValue = attribute.Value, dataType = "String" }),
            md5OfBody = "",
            eventSource = "aws:sqs",
            eventSourceARN = $"arn:aws:sqs:us-west-1:000000000000:{delivery.Queue}",
            awsRegion = "us-west-1",
        }),
    });
}
