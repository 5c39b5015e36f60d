namespace QuizAspire.Core.Statistics.Summary;

public sealed record QuizStatistics(string QuizId, ScoreStatistics Scores);
