using QuizAspire.Core.Health;

namespace QuizAspire.Tests.Health;

/// <summary>The queues of the stack, for tests that need no queue to be there.</summary>
internal static class Queues
{
    private const string Base = "https://sqs.us-west-1.amazonaws.com/123456789012/";

    public static QueueIdentity Main { get; } = new(Base + "quiz-submissions.fifo", QueueKind.Main);

    public static QueueIdentity MainDeadLetters { get; } = new(Base + "quiz-submissions-dlq.fifo", QueueKind.MainDeadLetters);

    public static QueueIdentity Requests { get; } = new(Base + "statistics-requests", QueueKind.Work);

    public static QueueIdentity RequestsDeadLetters { get; } = new(Base + "statistics-requests-dlq", QueueKind.DeadLetters);

    public static IReadOnlyList<QueueIdentity> All { get; } = [Main, MainDeadLetters, Requests, RequestsDeadLetters];
}
