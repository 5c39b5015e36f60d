using System.Buffers;
using System.Globalization;
using System.Text;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>Writes the lines that <see cref="ScoreSheet"/> reads.</summary>
public static class ScoreRows
{
    public const int ScoresPerLine = 1_000;

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n \t");

    /// <summary>One quiz's scores, on as many lines as it takes. Writes nothing when there are none.</summary>
    /// <returns>How many scores were written.</returns>
    public static async Task<long> WriteAsync(Stream csv, string quizId, IAsyncEnumerable<decimal> scores, CancellationToken cancellationToken)
    {
        var name = Quoted(quizId);
        var line = new StringBuilder(name);
        var written = 0L;
        await foreach (var score in scores.WithCancellation(cancellationToken))
        {
            line.Append(CultureInfo.InvariantCulture, $",{score:0.######}");
            if (++written % ScoresPerLine != 0)
                continue;
            await csv.WriteAsync(Encoding.UTF8.GetBytes(line.Append('\n').ToString()), cancellationToken);
            line.Clear().Append(name);
        }

        if (written % ScoresPerLine != 0)
            await csv.WriteAsync(Encoding.UTF8.GetBytes(line.Append('\n').ToString()), cancellationToken);
        return written;
    }

    /// <summary>Lines that are in that form already, such as those of the JSON request.</summary>
    public static async Task WriteAsync(Stream csv, IEnumerable<string> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
            await csv.WriteAsync(Encoding.UTF8.GetBytes(row + "\n"), cancellationToken);
    }

    /// <summary>As RFC 4180 writes a field; quoted where the reader would take it apart.</summary>
    public static string Quoted(string field) =>
        field.AsSpan().ContainsAny(NeedQuotes) ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
