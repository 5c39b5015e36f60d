using Aspire.Hosting.Testing;
using QuizAspire.AppHost;
using QuizAspire.Load;
using QuizAspire.Load.Questions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>The load generator of bench/ against the running system: what it checks is that nothing is lost, doubled or scored wrongly.</summary>
[Collection(nameof(SharedSystem))]
public sealed class LoadTests(QuizSystem system)
{
    [Fact]
    public async Task A_thousand_submissions_over_sixteen_connections_have_a_thousand_right_results()
    {
        var questions = Path.Combine(Repository.Root, "samples", "rivers.txt");
        var file = TriviaParser.Parse(await File.ReadAllBytesAsync(questions));
        Assert.Equal(6, file.Questions.Count);
        var options = LoadOptions.Parse(
            ["--questions", questions, "--api", system.App.GetEndpoint(ResourceNames.Api).ToString(), "--submissions", "1000", "--connections", "16", "--deadline", "180"]);
        var run = Guid.CreateVersion7().ToString("N")[..12];

        var report = await new LoadRun(options, LoadQuiz.Divide(file.Questions, options.QuestionsPerQuiz, run), run, TimeProvider.System).ExecuteAsync();

        Assert.Empty(report.Violations);
        Assert.Equal((1000, 1000, 1000), (report.Accepted.Count, report.Results.Count, report.Outcomes.Count));
    }
}
