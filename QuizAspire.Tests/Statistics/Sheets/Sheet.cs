using System.Text;
using QuizAspire.Core.Statistics.Sheets;

namespace QuizAspire.Tests.Statistics.Sheets;

/// <summary>Sheets as tests write them.</summary>
internal static class Sheet
{
    public static Task<SheetOutcome> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text));

    public static Task<SheetOutcome> ReadAsync(byte[] bytes) => ScoreSheet.ReadAsync(new MemoryStream(bytes), CancellationToken.None);

    public static async Task<SheetSummary> SummarizeAsync(string text)
    {
        var outcome = await ReadAsync(text);
        Assert.Null(outcome.Failure);
        return outcome.Summary!;
    }
}
