using QuizAspire.Core.Health;

namespace QuizAspire.Functions.HealthCheck;

/// <summary>One or more queues could not be read. The cause is the first one's.</summary>
public sealed class QueueCheckException(IReadOnlyList<(QueueIdentity Queue, Exception Failure)> failures)
    : Exception(string.Join("; ", failures.Select(failure => CheckFailure.Describe(failure.Failure, failure.Queue))), failures[0].Failure);
