namespace QuizAspire.Core.Health;

/// <summary>Something that somebody should be told.</summary>
/// <param name="Key">What it is about: the same for the same issue in each run, whatever the numbers.</param>
/// <param name="Count">Messages, from 1; 1 where there is nothing to count.</param>
/// <param name="Text">A line of the alert.</param>
/// <param name="IsFailure">The check itself failed.</param>
public sealed record Finding(string Key, long Count, string Text, bool IsFailure = false);
