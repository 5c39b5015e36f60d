using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>What has been read of a sheet so far.</summary>
internal sealed class SheetTally
{
    private readonly List<LineProblem> _problems = [];
    private long _counted;
    private long _rejected;
    private long _missing;
    private bool _hasHeader;

    public QuizIndex Quizzes { get; } = new();

    /// <summary>Set when the sheet as a whole is of no use, so that nothing more need be read.</summary>
    public string? Failure { get; private set; }

    public bool IsFirstLine => _counted + _rejected == 0 && !_hasHeader;

    public void AddHeader() => _hasHeader = true;

    public void Reject(long line, string reason)
    {
        _rejected++;
        if (_problems.Count < SheetLimits.ProblemsTold)
            _problems.Add(new LineProblem(line, reason));
    }

    public void Count(ReadOnlySpan<byte> quiz, LineScores line)
    {
        if (Quizzes.TryFind(quiz, out var scores))
            Count(scores, line);
        else if (Quizzes.InOrder.Count < SheetLimits.Quizzes)
            Count(Quizzes.Add(quiz), line);
        else
            Failure = $"The file has scores of more than {SheetLimits.Quizzes:N0} quizzes.";
    }

    public void Count(ScoreTally quiz, LineScores line)
    {
        line.CountIn(quiz);
        _missing += line.Missing;
        _counted++;
    }

    public SheetOutcome ToOutcome()
    {
        if (Failure is not null)
            return SheetOutcome.Failed(Failure);
        if (_counted == 0)
            return SheetOutcome.Failed(_problems is [var first, ..]
                ? $"No line of the file could be counted. Line {first.Line}: {first.Reason}."
                : _hasHeader ? "The file has a header and no scores." : "The file is empty.");

        var overall = new ScoreTally();
        foreach (var (_, scores) in Quizzes.InOrder)
            overall.Add(scores);
        return SheetOutcome.Of(new SheetSummary(
            _counted + _rejected + (_hasHeader ? 1 : 0), _counted, _rejected, _hasHeader, _missing, _problems, overall.ToStatistics(),
            [.. Quizzes.InOrder.Select(quiz => new QuizStatistics(quiz.Name, quiz.Scores.ToStatistics()))]));
    }
}
