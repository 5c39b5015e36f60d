using QuizAspire.AppHost;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>Kills one process in the middle of a load: every accepted submission ends with exactly one right result.</summary>
public sealed class CrashTests(CrashTests.KeptSystem system) : IClassFixture<CrashTests.KeptSystem>, IDisposable
{
    private const int Students = 120;
    private const int Questions = 4;

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(4));

    public void Dispose() => _deadline.Dispose();

    [Theory]
    [InlineData(ResourceNames.QuizProcessor)]
    [InlineData(ResourceNames.Api)]
    [InlineData(ResourceNames.SqsSnsS3)]
    [InlineData(ResourceNames.DynamoDb)]
    public async Task Every_accepted_submission_has_one_result_after(string resource)
    {
        var quiz = $"crash-{resource}";
        await system.StoreQuiz(quiz, Questions);
        var halfway = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var accepted = 0;
        var paths = new string[Students];

        var load = Parallel.ForAsync(0, Students, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = _deadline.Token }, async (number, cancellation) =>
        {
            paths[number] = await system.Submit(QuizSystem.Submission($"{resource}-{number}", quiz, Questions, right: number % (Questions + 1)), cancellation);
            if (Interlocked.Increment(ref accepted) == Students / 2)
                halfway.SetResult();
        });
        await Task.WhenAny(halfway.Task, load);
        Assert.False(load.IsCompleted, "the load goes on when the process is killed");
        await system.ReplaceAsync(resource, _deadline.Token);
        await load;

        await Parallel.ForAsync(0, Students, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = _deadline.Token }, async (number, cancellation) =>
        {
            var result = await system.Result(paths[number], cancellation);
            Assert.Equal(number % (Questions + 1) * 25m, (decimal)result["score"]!);
            Assert.Single(await system.Results($"{resource}-{number}", cancellation));
        });
    }

    /// <summary>Its emulators keep their data through a kill, and messages in flight come back soon.</summary>
    public sealed class KeptSystem : QuizSystem
    {
        protected override string[] Arguments =>
            ["--data", "keep", "--data-directory", DataDirectory, "--parameter", "VisibilityTimeoutSeconds=5", "--parameter", "MaxReceiveCount=10"];
    }
}
