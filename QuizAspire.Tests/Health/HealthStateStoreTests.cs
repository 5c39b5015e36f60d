using QuizAspire.Core.Health;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Health;

[Collection(UsesDynamo.Name)]
public sealed class HealthStateStoreTests(LocalDynamo dynamo) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly Finding[] Findings = [new("dead-letters:quiz-submissions-dlq.fifo", 11, "x"),
        new("backlog:quiz-submissions.fifo", 501, "y")];

    private HealthStateStore _store = null!;
    private string _table = "";

    public async Task InitializeAsync()
    {
        _table = await dynamo.CreateHealthStateTableAsync();
        _store = new HealthStateStore(dynamo.Client, _table, "check");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Nothing_is_remembered_at_first() => Assert.Equal(HealthState.None, await _store.ReadAsync(default));

    [Fact]
    public async Task Each_state_is_read_as_it_was_written()
    {
        var claimed = HealthState.None.ClaimedBy("run-1", Findings, Now, Now.AddSeconds(30));
        var told = claimed.Confirmed(Findings, Now);
        var recovering = told.ClaimedBy("run-2", [], Now, Now.AddSeconds(30));
        var well = recovering.Confirmed([], Now);
        foreach (var state in new[] { claimed, told, recovering, well })
        {
            Assert.True(await _store.TryWriteAsync(state, default));

            var read = await _store.ReadAsync(default);
            Assert.Equal(state.Version, read.Version);
            Assert.Equal((state.Told?.At, state.Claim?.Owner, state.Claim?.Until), (read.Told?.At, read.Claim?.Owner, read.Claim?.Until));
            Assert.Equal(state.Told?.Findings, read.Told?.Findings);
            Assert.Equal(state.Claim?.Findings, read.Claim?.Findings);
        }
    }

    [Fact]
    public async Task Of_two_that_read_the_same_only_one_writes()
    {
        Assert.True(await _store.TryWriteAsync(HealthState.None.Confirmed(Findings, Now), default));
        Assert.False(await _store.TryWriteAsync(HealthState.None.Confirmed([], Now), default));

        var read = await _store.ReadAsync(default);
        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(run =>
            _store.TryWriteAsync(read.ClaimedBy($"run-{run}", Findings, Now, Now.AddSeconds(30)), default)));

        Assert.Single(written, won => won);
    }

    [Fact]
    public async Task Checks_have_states_of_their_own()
    {
        Assert.True(await _store.TryWriteAsync(HealthState.None.Confirmed(Findings, Now), default));

        Assert.Equal(HealthState.None, await new HealthStateStore(dynamo.Client, _table, "another").ReadAsync(default));
    }
}
