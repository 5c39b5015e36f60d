using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Resources;

/// <summary>Alarms on what waits in the queues.</summary>
internal sealed class QueueAlarms
{
    private const string Waiting = "ApproximateNumberOfMessagesVisible";

    public QueueAlarms(
        Construct scope, QuizTopics topics, double periodSeconds, SecureQueue submissions,
        IEnumerable<(string Id, string Name, SecureQueue Queue)> deadLetters)
    {
        QueueDepth = new QuizAlarm(
            scope, "QueueDepthAlarm", topics.Alerts.Ref, periodSeconds,
            "quiz-queue-depth-high", "Triggers when quiz queue depth exceeds 100 messages",
            Waiting, Of(submissions), "Average", 100, periods: 2);

        // A single dead letter is somebody's lost quiz: the maximum, so that one that is redriven within the period counts too.
        foreach (var (id, name, queue) in deadLetters)
            _ = new QuizAlarm(
                scope, id, topics.Alerts.Ref, periodSeconds, name,
                "Messages were given up after all their receives and wait in the dead-letter queue",
                Waiting, Of(queue), "Maximum", 0, missingData: QuizAlarm.NoDataIsFine);
    }

    public QuizAlarm QueueDepth { get; }

    private static (string, string, string) Of(SecureQueue queue) => ("AWS/SQS", "QueueName", queue.AttrQueueName);
}
