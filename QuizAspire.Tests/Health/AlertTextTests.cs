using System.Text;
using Amazon.Runtime;
using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Health;

namespace QuizAspire.Tests.Health;

public sealed class AlertTextTests
{
    private const int SnsLimit = 256 * 1024;

    [Fact]
    public void Issues_are_told_in_the_words_of_the_original_with_the_metrics_of_every_queue()
    {
        QueueMetrics[] queues =
        [
            new(Queues.Main, 400, 101, 2, TimeSpan.FromSeconds(90.7)),
            new(Queues.MainDeadLetters, 11, 0, 0),
            new(Queues.Requests, 0, 0, 0, TimeSpan.Zero),
        ];

        var alert = AlertText.Of(AlertRules.Find(queues, new HealthThresholds(10, 500)), queues);

        Assert.Equal("Queue Health Check Alert", alert.Subject);
        Assert.Equal(
            """
            Queue Health Issues Detected:

            WARNING: High message count in main queue: 501
            WARNING: 11 messages in Dead Letter Queue

            Main Queue Metrics: {
              "queue_name": "quiz-submissions",
              "messages_available": 400,
              "messages_in_flight": 101,
              "messages_delayed": 2,
              "oldest_message_age_seconds": 90
            }

            DLQ Metrics: {
              "queue_name": "quiz-submissions-dlq",
              "messages_available": 11,
              "messages_in_flight": 0,
              "messages_delayed": 0,
              "oldest_message_age_seconds": "unknown"
            }

            statistics-requests Metrics: {
              "queue_name": "statistics-requests",
              "messages_available": 0,
              "messages_in_flight": 0,
              "messages_delayed": 0,
              "oldest_message_age_seconds": 0
            }
            """, alert.Message);
    }

    [Fact]
    public void A_failure_of_the_check_is_told_in_the_words_of_the_original_before_the_issues()
    {
        var missing = new AmazonServiceException("It does not exist.") { ErrorCode = "QueueDoesNotExist" };
        QueueMetrics[] queues = [new(Queues.MainDeadLetters, 11, 0, 0)];

        var alert = AlertText.Of(
            [CheckFailure.Find(missing, Queues.Main), .. AlertRules.Find(queues, new HealthThresholds(10, 500))], queues, "A note.");

        Assert.Equal("Critical Health Check Failure", alert.Subject);
        Assert.StartsWith(
            "CRITICAL: Health check Lambda failed with error: queue quiz-submissions could not be read: It does not exist. (QueueDoesNotExist)\n\n" +
            "Queue Health Issues Detected:\n\nWARNING: 11 messages in Dead Letter Queue\n\nDLQ Metrics: {", alert.Message, StringComparison.Ordinal);
        Assert.EndsWith("\n\nA note.", alert.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recovery_is_told_with_the_metrics()
    {
        var alert = AlertText.Of([], [new QueueMetrics(Queues.Main, 3, 0, 0)]);

        Assert.Equal("Queue Health Recovered", alert.Subject);
        Assert.StartsWith(
            "Queue Health Recovered:\n\nEvery queue is within its thresholds again.\n\nMain Queue Metrics: {", alert.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_failure_has_the_same_key_whatever_it_says()
    {
        static string Key(Exception exception, QueueIdentity? queue = null) => CheckFailure.Find(exception, queue).Key;

        Assert.Equal("unreadable:quiz-submissions.fifo:Throttled", Key(new AmazonServiceException("1") { ErrorCode = "Throttled" }, Queues.Main));
        Assert.Equal("unreadable:quiz-submissions.fifo:no-answer", Key(new HttpRequestException("127.0.0.1:4566 refused"), Queues.Main));
        Assert.Equal("unreadable:quiz-submissions.fifo:no-answer", Key(new OperationCanceledException(), Queues.Main));
        Assert.Equal("check-failed:InvalidOperationException", Key(new InvalidOperationException("x")));
    }

    [Fact]
    public void Whatever_an_error_says_the_alert_is_one_that_SNS_takes()
    {
        var texts = Gen.OneOf(
                ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get),
                Gen.Choose(0, 5000).Select(length => string.Concat(Enumerable.Repeat("\ud83d\ude00", length))),
                Gen.Choose(0, 400_000).Select(length => new string('\u20ac', length)))
            .ToArbitrary();
        Prop.ForAll(texts, text =>
        {
            var findings = Queues.All.Select(queue => CheckFailure.Find(new InvalidOperationException(text), queue)).ToList();
            var alert = AlertText.Of(findings, Queues.All.Select(queue => new QueueMetrics(queue, long.MaxValue, long.MaxValue, 1)));
            return alert.Subject.Length < 100 && alert.Subject.All(char.IsAscii) && alert.Message.Length > 0
                && Encoding.UTF8.GetByteCount(alert.Message) < SnsLimit
                && (HasLoneSurrogate(text) || !HasLoneSurrogate(alert.Message));
        }).QuickCheckThrowOnFailure();
    }

    private static bool HasLoneSurrogate(string text) =>
        !Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Equals(text, StringComparison.Ordinal);
}
