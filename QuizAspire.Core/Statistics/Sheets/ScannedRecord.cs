namespace QuizAspire.Core.Statistics.Sheets;

/// <param name="Length">Bytes of the line without its end; -1 while the end is not known.</param>
/// <param name="Next">Where the next line begins.</param>
/// <param name="Problem">Why there is no telling where the line ends; only its first physical line is given up then.</param>
internal readonly record struct ScannedRecord(int Length, int Next, string? Problem)
{
    public static readonly ScannedRecord Incomplete = new(-1, 0, null);

    public bool IsWhole => Length >= 0;

    public static ScannedRecord Whole(int length, int next) => new(length, next, null);

    public static ScannedRecord Broken(string problem) => new(-1, 0, problem);
}
