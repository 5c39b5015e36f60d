namespace QuizAspire.Core.Scoring;

/// <param name="Percent">0 to 100, two decimals.</param>
/// <param name="TotalQuestions">Number of questions in the answer key.</param>
public readonly record struct Score(decimal Percent, int TotalQuestions);
