using System.Text.Json;
using System.Text.Json.Serialization;
using QuizAspire.Core.Statistics.Sheets;

namespace QuizAspire.Core.Statistics.Summary;

/// <summary>What <c>statistics/{id}.json</c> holds. It has no times, so that the same sheet gives the same bytes whenever it is read.</summary>
/// <param name="Reason">Why the sheet as a whole could not be used; set when failed.</param>
/// <param name="Result">Set when completed.</param>
public sealed record StatisticsReport(
    string StatisticsId,
    ReportStatus Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SheetSummary? Result = null)
{
    public static StatisticsReport Of(string statisticsId, SheetOutcome outcome) => outcome.Summary is { } summary
        ? new(statisticsId, ReportStatus.Completed, Result: summary)
        : new(statisticsId, ReportStatus.Failed, outcome.Failure);

    public byte[] ToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, StatisticsJson.Relaxed.StatisticsReport);

    /// <exception cref="JsonException">It is no such report.</exception>
    public static StatisticsReport Parse(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, StatisticsJson.Relaxed.StatisticsReport) ?? throw new JsonException("The report is null.");
}
