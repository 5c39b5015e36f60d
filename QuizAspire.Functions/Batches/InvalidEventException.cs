namespace QuizAspire.Functions.Batches;

/// <summary>The event is not one of an SQS event source, so no message of it can be reported by itself: the invocation fails.</summary>
public sealed class InvalidEventException(string defect) : Exception($"The event is not a batch of SQS messages: {defect}.");
