namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>What came of reading a score sheet: exactly one of the two is set.</summary>
/// <param name="Failure">Why the sheet as a whole could not be used. Never quotes its content.</param>
public sealed record SheetOutcome(SheetSummary? Summary, string? Failure)
{
    /// <summary>Of a sheet beyond <see cref="SheetLimits.SheetBytes"/>, whether its length told so or its bytes did.</summary>
    public static readonly SheetOutcome TooLarge = Failed("The file is larger than 1 GiB.");

    public static SheetOutcome Of(SheetSummary summary) => new(summary, null);

    public static SheetOutcome Failed(string reason) => new(null, reason);
}
