using QuizAspire.Core.Aws;
using QuizAspire.Core.Results;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Stores;

[Collection(UsesDynamo.Name)]
public sealed class QuizScoresTests(LocalDynamo dynamo) : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private string _table = "";

    public async Task InitializeAsync() => _table = await dynamo.CreateResultsTableAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Scores_of_all_shards_are_read_and_no_other_quizs()
    {
        const int count = 1_000;
        var results = Enumerable.Range(0, count).Select(n => Result("capitals", n, n % 101));
        await WriteAsync([.. results, Result("rivers", count, 7)]);

        var scores = await ReadAsync("capitals");

        Assert.Equal(Enumerable.Range(0, count).Select(n => (decimal)(n % 101)).Order(), scores.Order());
    }

    [Fact]
    public async Task A_quiz_without_results_has_no_scores() => Assert.Empty(await ReadAsync("capitals"));

    private static SubmissionResult Result(string quizId, int number, decimal score)
    {
        var at = Noon.AddMilliseconds(number);
        var id = $"submission-{number}";
        return new SubmissionResult($"student-{number}", ResultKey.From(at, id), id, quizId, ResultStatus.Completed, at, score, 1);
    }

    private async Task WriteAsync(IReadOnlyList<SubmissionResult> results)
    {
        var writer = new ResultWriter(dynamo.Client, _table, new Backoff(TimeProvider.System, Random.Shared));
        Assert.All(await writer.OverwriteAsync(results, CancellationToken.None), outcome => Assert.Equal(WriteOutcome.Written, outcome));
    }

    private async Task<List<decimal>> ReadAsync(string quizId)
    {
        var scores = new List<decimal>();
        await foreach (var score in new QuizScores(dynamo.Client, _table).ReadAsync(quizId, CancellationToken.None))
            scores.Add(score);
        return scores;
    }
}
