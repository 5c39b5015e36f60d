using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>A score sheet's lines and what their scores come to.</summary>
/// <param name="LinesRead">
/// Lines with anything on them: those counted, those rejected, and the header. A quoted field may make one line of several.
/// </param>
/// <param name="LinesCounted">Lines whose scores are in the statistics.</param>
/// <param name="LinesRejected">Lines left out whole, because something on them was wrong.</param>
/// <param name="ScoresMissing">Empty score fields on the lines counted.</param>
/// <param name="Problems">The first of the lines rejected, at most <see cref="SheetLimits.ProblemsTold"/>.</param>
/// <param name="Overall">All scores of all quizzes.</param>
/// <param name="Quizzes">In the order in which the sheet names them first.</param>
public sealed record SheetSummary(
    long LinesRead,
    long LinesCounted,
    long LinesRejected,
    bool HasHeader,
    long ScoresMissing,
    IReadOnlyList<LineProblem> Problems,
    ScoreStatistics Overall,
    IReadOnlyList<QuizStatistics> Quizzes);
