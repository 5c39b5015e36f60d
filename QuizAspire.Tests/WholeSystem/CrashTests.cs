using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using QuizAspire.AppHost;
using QuizAspire.Tests.Support;

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
        using var halfway = new CountdownEvent(Students / 2);
        var paths = new string[Students];

        var load = Parallel.ForAsync(0, Students, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = _deadline.Token }, async (number, cancellation) =>
        {
            paths[number] = await system.Submit(QuizSystem.Submission($"{resource}-{number}", quiz, Questions, right: number % (Questions + 1)), cancellation);
            if (!halfway.IsSet)
                halfway.Signal();
        });
        await Task.Run(() => halfway.Wait(_deadline.Token), _deadline.Token);
        var killed = await Kill(resource);
        Assert.NotEqual(0, killed);
        await load;

        await Parallel.ForAsync(0, Students, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = _deadline.Token }, async (number, cancellation) =>
        {
            var result = await system.Result(paths[number], cancellation);
            Assert.Equal(number % (Questions + 1) * 25m, (decimal)result["score"]!);
            Assert.Single(await system.Results($"{resource}-{number}", cancellation));
        });
    }

    /// <summary>Kills the resource's processes without a word, then starts it again with the dashboard's own command.</summary>
    private async Task<int> Kill(string resource)
    {
        var notifications = system.App.ResourceNotifications;
        var model = system.App.Services.GetRequiredService<DistributedApplicationModel>();
        var instances = model.Resources.Single(candidate => candidate.Name == resource).GetResolvedResourceNames();
        var killed = 0;
        foreach (var instance in instances)
        {
            Assert.True(notifications.TryGetCurrentState(instance, out var state), $"{instance} has a state");
            var pid = state.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value;
            using var process = Process.GetProcessById(Convert.ToInt32(pid, CultureInfo.InvariantCulture));
            process.Kill();
            killed++;

            await Eventually.True(
                () => Task.FromResult(notifications.TryGetCurrentState(instance, out var now) && KnownResourceStates.TerminalStates.Contains(now.Snapshot.State?.Text)),
                $"{instance} is seen to have ended", _deadline.Token);
            var start = await system.App.ResourceCommands.ExecuteCommandAsync(instance, KnownResourceCommands.StartCommand, _deadline.Token);
            Assert.True(start.Success, start.Message);
        }

        await system.AllHealthy(_deadline.Token);
        return killed;
    }

    /// <summary>Its emulators keep their data through a kill, and messages in flight come back soon.</summary>
    public sealed class KeptSystem : QuizSystem
    {
        protected override string[] Arguments =>
            ["--data", "keep", "--data-directory", DataDirectory, "--parameter", "VisibilityTimeoutSeconds=5", "--parameter", "MaxReceiveCount=10"];
    }
}
