namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>Reads a score sheet: CSV as in RFC 4180, one quiz a line, its name first and then scores.</summary>
public static class ScoreSheet
{
    /// <summary>
    /// Reads to the end, or to where the sheet is known to be no score sheet. Whatever it holds has an outcome: only the stream throws.
    /// </summary>
    public static Task<SheetOutcome> ReadAsync(Stream csv, CancellationToken cancellationToken) =>
        new SheetReader(csv).ReadAsync(cancellationToken);
}
