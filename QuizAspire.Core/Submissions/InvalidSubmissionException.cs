namespace QuizAspire.Core.Submissions;

/// <summary>A message that can never be scored. The message of this exception names members, never their values.</summary>
public sealed class InvalidSubmissionException(string reason) : Exception(reason);
