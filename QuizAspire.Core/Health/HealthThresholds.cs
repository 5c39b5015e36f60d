namespace QuizAspire.Core.Health;

/// <summary>Numbers of messages above which a queue is an issue.</summary>
/// <param name="DeadLetters">Visible ones, in a dead-letter queue.</param>
/// <param name="Queue">Visible and in flight, in any other queue.</param>
public sealed record HealthThresholds(long DeadLetters, long Queue);
