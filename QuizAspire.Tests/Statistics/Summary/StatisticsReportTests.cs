using System.Text;
using System.Text.Json;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Statistics.Summary;
using QuizAspire.Tests.Statistics.Sheets;

namespace QuizAspire.Tests.Statistics.Summary;

public sealed class StatisticsReportTests
{
    [Fact]
    public async Task A_report_is_written_as_the_documentation_shows_it()
    {
        var report = StatisticsReport.Of("id", await Sheet.ReadAsync("Größe,85,,90.50\nbad\n"));

        const string Scores = """
            {"count":2,"minimum":85,"maximum":90.5,"mean":87.75,"median":87.75,"lower_quartile":86.375,"upper_quartile":89.125,"standard_deviation":2.75,"quantile_error":0,"histogram":[0,0,0,0,0,0,0,0,1,1]}
            """;
        const string Lines = """
            "lines_read":2,"lines_counted":1,"lines_rejected":1,"has_header":false,"scores_missing":1,"problems":[{"line":2,"reason":"no scores: nothing follows the quiz's name, or not after a comma"}]
            """;
        Assert.Equal(
            $$$"""{"statistics_id":"id","status":"completed","result":{{{{Lines}}},"overall":{{{Scores}}},"quizzes":[{"quiz_id":"Größe","scores":{{{Scores}}}}]}}""",
            Encoding.UTF8.GetString(report.ToUtf8Bytes()));
    }

    [Theory]
    [InlineData("Q,85\nR,x\nS,,33.3333\n")]
    [InlineData("Q,\n")]
    [InlineData("")]
    public async Task A_report_that_is_read_is_written_as_the_same_bytes(string sheet)
    {
        var bytes = StatisticsReport.Of("id", await Sheet.ReadAsync(sheet)).ToUtf8Bytes();

        Assert.Equal(bytes, StatisticsReport.Parse(bytes).ToUtf8Bytes());
    }

    [Fact]
    public void A_failed_report_has_its_reason_and_nothing_else()
    {
        var report = StatisticsReport.Of("id", SheetOutcome.Failed("The file is empty."));

        Assert.Equal("""{"statistics_id":"id","status":"failed","reason":"The file is empty."}""", Encoding.UTF8.GetString(report.ToUtf8Bytes()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"statistics_id":"id"}""")]
    [InlineData("""{"statistics_id":null,"status":"failed"}""")]
    [InlineData("""{"statistics_id":"id","status":"unheard-of"}""")]
    public void What_is_no_report_is_refused(string json) =>
        Assert.Throws<JsonException>(() => StatisticsReport.Parse(Encoding.UTF8.GetBytes(json)));
}
