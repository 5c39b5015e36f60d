using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>What has been read of a sheet so far.</summary>
internal sealed class SheetTally
{
    private readonly Dictionary<string, ScoreTally> _byName = new(StringComparer.Ordinal);
    private readonly List<(string Name, ScoreTally Scores)> _quizzes = [];
    private readonly List<LineProblem> _problems = [];
    private long _counted;
    private long _rejected;
    private long _missing;
    private bool _hasHeader;

    /// <summary>Set when the sheet as a whole is of no use, so that nothing more need be read.</summary>
    public string? Failure { get; private set; }

    public bool IsFirstLine => _counted + _rejected == 0 && !_hasHeader;

    public void Header() => _hasHeader = true;

    public void Reject(long line, string reason)
    {
        _rejected++;
        if (_problems.Count < SheetLimits.ProblemsTold)
            _problems.Add(new LineProblem(line, reason));
    }

    public void Count(string quiz, StagedScores scores)
    {
        if (!_byName.TryGetValue(quiz, out var tally))
        {
            if (_quizzes.Count == SheetLimits.Quizzes)
            {
                Failure = $"The file has scores of more than {SheetLimits.Quizzes:N0} quizzes.";
                return;
            }

            tally = new ScoreTally();
            _byName.Add(quiz, tally);
            _quizzes.Add((quiz, tally));
        }

        Count(tally, scores);
    }

    private void Count(ScoreTally tally, StagedScores scores)
    {
        tally.Add(scores.Millionths);
        _missing += scores.Missing;
        _counted++;
    }

    public SheetOutcome Outcome()
    {
        if (Failure is not null)
            return SheetOutcome.Failed(Failure);
        if (_counted == 0)
            return SheetOutcome.Failed(_problems is [var first, ..]
                ? $"No line of the file has scores. Line {first.Line}: {first.Reason}."
                : _hasHeader ? "The file has a header and no scores." : "The file is empty.");

        var overall = new ScoreTally();
        foreach (var (_, scores) in _quizzes)
            overall.Add(scores);
        return SheetOutcome.Of(new SheetSummary(
            _counted + _rejected + (_hasHeader ? 1 : 0), _counted, _rejected, _hasHeader, _missing, _problems,
            overall.ToStatistics(), [.. _quizzes.Select(quiz => new QuizStatistics(quiz.Name, quiz.Scores.ToStatistics()))]));
    }
}
