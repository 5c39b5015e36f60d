namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>What a score sheet may be. Memory is bounded by the quizzes and the longest line, not by the sheet.</summary>
public static class SheetLimits
{
    /// <summary>1 GiB. The width of counters and sums rests on it.</summary>
    public const long SheetBytes = 1L << 30;

    /// <summary>1 MiB, without the line's end.</summary>
    public const int LineBytes = 1 << 20;

    public const int Quizzes = 1_000;

    /// <summary>In Unicode characters (scalar values), after trimming.</summary>
    public const int NameLength = 200;

    public const int ProblemsTold = 100;
}
