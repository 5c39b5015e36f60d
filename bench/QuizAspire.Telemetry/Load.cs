using System.Globalization;
using System.Text;
using System.Text.Json;
using QuizAspire.Core.Quizzes;
using QuizAspire.Core.Submissions;

namespace QuizAspire.TelemetryBench;

/// <summary>What is submitted: ten answers of a student who submits once, to one quiz.</summary>
internal sealed class Load(Variant variant)
{
    public const string QuizId = "rivers";
    public const int BatchSize = 10;

    private const int Questions = 10;

    private static readonly string[] Choices = ["right", "wrong", "neither"];

    private readonly Random _random = new(1);
    private int _students;
    private double _sampled;

    public static readonly QuizDraft Quiz = new(QuizId, "Rivers", [.. Enumerable.Range(0, Questions).Select(i => new Question($"q{i}", $"{i}?", Choices, "right"))]);

    /// <summary>Body of <c>POST /submissions</c>. Not to be called by several threads, as nothing here is.</summary>
    public byte[] Submission() =>
        Encoding.UTF8.GetBytes($$"""{"student_id":"{{NextStudent()}}","quiz_id":"{{QuizId}}","answers":{{Answers()}}}""");

    /// <summary>The event of a batch as the API's messages come.</summary>
    public string Batch() => JsonSerializer.Serialize(new { Records = Enumerable.Range(0, BatchSize).Select(_ => Record()) });

    private object Record()
    {
        var (student, id, submittedAt, answers) = (NextStudent(), Guid.NewGuid().ToString(), TimeProvider.System.GetUtcNow(), JsonElement.Parse(Answers()));
        submittedAt = submittedAt.AddTicks(-(submittedAt.Ticks % TimeSpan.TicksPerMillisecond));
        var submissionId = SubmissionId.Create(submittedAt, student, QuizId, 1, answers);
        var message = new SubmissionMessage(student, QuizId, answers, null, submissionId, submittedAt, QuizVersion: 1);
        return new
        {
            messageId = id,
            receiptHandle = "handle-" + id,
            body = message.ToJson(),
            attributes = new Dictionary<string, string>
            {
                ["ApproximateReceiveCount"] = "1",
                ["SentTimestamp"] = submittedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
                ["MessageGroupId"] = student,
                ["MessageDeduplicationId"] = submissionId,
                ["SequenceNumber"] = "18849496460467696128",
            },
            messageAttributes = new Dictionary<string, object> { ["traceparent"] = new { stringValue = TraceParent(), dataType = "String" } },
            md5OfBody = "",
            eventSource = "aws:sqs",
            eventSourceARN = "arn:aws:sqs:us-west-1:000000000000:quiz-submissions.fifo",
            awsRegion = "us-west-1",
        };
    }

    private string NextStudent() => string.Create(CultureInfo.InvariantCulture, $"s{++_students:D7}");

    private string Answers() =>
        "{" + string.Join(',', Enumerable.Range(0, Questions).Select(i => $"\"q{i}\":\"{Choices[_random.Next(Choices.Length)]}\"")) + "}";

    // Evenly spread, so that each slice has as many as any other.
    private string TraceParent()
    {
        _sampled += variant.Share ?? 0;
        var isSampled = _sampled >= 1;
        _sampled -= isSampled ? 1 : 0;
        return $"00-{Guid.NewGuid():N}-{Guid.NewGuid().ToString("N")[..16]}-{(isSampled ? "01" : "00")}";
    }
}
