using Amazon.SimpleNotificationService;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using QuizAspire.Core.Health;
using QuizAspire.Functions.HealthCheck;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Health;

/// <summary>Who is told what, over many runs, with every order of two runs at once and with crashes at every call.</summary>
public sealed class TellingTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly Finding[] Issues = [new("dead-letters:q", 11, "WARNING: 11")];

    private readonly ManualTime _time = ManualTime.AtNoon();
    private readonly SharedItem _shared = new();
    private readonly List<string> _told = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_runs_at_once_tell_once_in_every_order_of_their_calls(bool issues)
    {
        // Continuations must run in the call that opens the gate.
        SynchronizationContext.SetSynchronizationContext(null);
        var orders = 0;
        // Each run makes at most seven calls: read, claim, read again, publish, note.
        for (var order = 0; order < 1 << 12; order++)
        {
            (_shared.Item, orders) = (null, orders + 1);
            if (!issues)
                RunAlone(Issues, "before");
            _told.Clear();
            Dictionary<string, TaskCompletionSource> waiting = [];
            Task<bool> Start(string run) => RunAsync(issues ? Issues : [], run, _ => (waiting[run] = new TaskCompletionSource()).Task);
            Task<bool>[] runs = [Start("one"), Start("two")];

            for (var step = order; waiting.Count > 0; step >>= 1)
            {
                var next = waiting.Count == 1 ? waiting.Keys.Single() : (step & 1) == 0 ? "one" : "two";
                waiting.Remove(next, out var gate);
                gate!.SetResult();
            }

            Assert.All(runs, run => Assert.True(run.IsCompletedSuccessfully, run.Exception?.ToString()));
            Assert.Single(_told);
            Assert.Single(runs, run => run.Result);
        }

        Assert.Equal(1 << 12, orders);
    }

    [Fact]
    public void What_people_read_last_is_how_things_are_whatever_dies_in_between() => Prop.ForAll(Histories, history =>
    {
        Forget();
        foreach (var (step, number) in history.Select((step, number) => (step, number)))
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            var findings = step.Found.Select(key => new Finding(key, 11, $"WARNING: {key}")).ToArray();
            var before = _told.Count;
            var calls = 0;
            var crashed = false;
            try
            {
                // A crash takes the calls after it along: nothing is tidied up.
                RunAsync(findings, $"run-{number}", _ =>
                {
                    crashed = crashed || ++calls == step.DiesAt;
                    return crashed ? throw new CrashException() : Task.CompletedTask;
                }).GetAwaiter().GetResult();
            }
            catch (CrashException)
            {
                // So it ended.
            }

            if (crashed)
                continue;

            var expected = string.Join(' ', step.Found);
            var last = _told.Count == 0 ? "" : Keys(_told[^1]);
            if (last != expected || _told.Count > before + 1)
                return false;
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_is_told_twice_while_nothing_changes_and_nothing_dies() => Prop.ForAll(Histories, history =>
    {
        Forget();
        foreach (var step in history)
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            RunAlone([.. step.Found.Select(key => new Finding(key, 11, $"WARNING: {key}"))], Guid.NewGuid().ToString());
        }

        return _told.Select(Keys).Prepend("").Aggregate(
            (Alike: false, Last: (string?)null), (seen, keys) => (seen.Alike || keys == seen.Last, keys)).Alike == false;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task What_SNS_did_not_take_is_told_by_the_next_run_at_once()
    {
        await Assert.ThrowsAsync<AmazonSimpleNotificationServiceException>(() => RunAsync(
            Issues, "one", call => call == "publish" ? throw new AmazonSimpleNotificationServiceException("down") : Task.CompletedTask));

        Assert.True(RunAlone(Issues, "two"));
        Assert.Single(_told);
    }

    [Fact]
    public void Issues_that_stay_are_told_once_a_day_and_recovery_once()
    {
        var told = new List<bool>();
        for (var hour = 0; hour < 72; hour++, _time.Advance(TimeSpan.FromHours(1)))
            told.Add(RunAlone(Issues, $"{hour}"));
        Assert.Equal([0, 24, 48], told.Select((one, hour) => (one, hour)).Where(run => run.one).Select(run => run.hour));

        Assert.True(RunAlone([], "well"));
        Assert.False(RunAlone([], "still well"));
        Assert.StartsWith("Queue Health Recovered", _told[^1], StringComparison.Ordinal);
    }

    /// <summary>What each run finds, and at which of its calls it dies; at none when 0.</summary>
    private static Arbitrary<(string[] Found, int DiesAt)[]> Histories { get; } = Gen.Zip(
            Gen.Elements([], [], ["a"], ["a"], ["b"], new[] { "a", "b" }), Gen.Choose(0, 5), (found, diesAt) => (found, diesAt))
        .ArrayOf().ToArbitrary();

    private void Forget()
    {
        _shared.Item = null;
        _told.Clear();
    }

    private bool RunAlone(Finding[] findings, string run) => RunAsync(findings, run, _ => Task.CompletedTask).GetAwaiter().GetResult();

    private async Task<bool> RunAsync(Finding[] findings, string run, Func<string, Task> gate)
    {
        using var dynamo = new MemoryDynamo(_shared, gate);
        using var topic = new MemoryTopic(_told, gate);
        var teller = new AlertTeller(new HealthMemory(new HealthStateStore(dynamo, "table", "check"), _time), topic, "topic");
        var remembered = await teller.RecallAsync(NullLogger.Instance, default);
        return await teller.TellAsync(
            remembered, findings, [], new HealthCheckRun(run, _time.GetUtcNow() + Timeout), NullLogger.Instance, default);
    }

    private static string Keys(string message) =>
        string.Join(' ', message.Split('\n').Where(line => line.StartsWith("WARNING: ", StringComparison.Ordinal))
            .Select(line => line["WARNING: ".Length..]));

    private sealed class CrashException : Exception;
}
