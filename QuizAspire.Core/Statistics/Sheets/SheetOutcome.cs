namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>What came of reading a score sheet: exactly one of the two is set.</summary>
/// <param name="Failure">Why the sheet as a whole could not be used. Never quotes its content.</param>
public sealed record SheetOutcome(SheetSummary? Summary, string? Failure)
{
    public static SheetOutcome Of(SheetSummary summary) => new(summary, null);

    public static SheetOutcome Failed(string reason) => new(null, reason);
}
