namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>What tests change to meet the edges of lines and buffers often.</summary>
/// <param name="BufferBytes">More than <paramref name="LineBytes"/> by two at least: a line of full length and its end must fit.</param>
/// <param name="PlainLines">Whether plain lines take the short way.</param>
internal sealed record SheetReaderOptions(int LineBytes, int BufferBytes, bool PlainLines = true)
{
    public static readonly SheetReaderOptions Default = new(SheetLimits.LineBytes, 2 * SheetLimits.LineBytes + 4096);
}
