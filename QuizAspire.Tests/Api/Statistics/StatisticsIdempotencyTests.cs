using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api.Statistics;

[Collection(UsesEmulators.Name)]
public sealed class StatisticsIdempotencyTests(Emulators emulators) : IAsyncLifetime
{
    private readonly ManualTime _time = ManualTime.AtNoon();
    private SheetWorld _world = null!;

    public async Task InitializeAsync() => _world = await SheetWorld.StartAsync(emulators, _time);

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData("k")]
    [InlineData(null)]
    public async Task A_repeated_sheet_is_the_same_job_its_message_is_sent_again_and_its_object_deleted(string? key)
    {
        var id = await SheetWorld.AcceptedIdAsync(_world.PostCsvAsync("Quiz1,85", key));
        _time.Advance(TimeSpan.FromMinutes(4));

        var again = await _world.PostCsvAsync("Quiz1,85", key);

        Assert.True(SheetWorld.IsReplayed(again));
        Assert.Equal(id, await SheetWorld.AcceptedIdAsync(Task.FromResult(again)));
        var messages = await _world.MessagesAsync(2);
        Assert.Single(messages.Distinct());
        Assert.Equal([messages[0].ObjectKey], await _world.KeysAsync());
        Assert.Single((await _world.Api.GetAsync("/statistics")).GetProperty("statistics").EnumerateArray());
    }

    [Theory]
    [InlineData(null, 5 * 60)]
    [InlineData("k", 24 * 60 * 60)]
    public async Task After_its_window_the_same_sheet_is_another_job(string? key, int windowSeconds)
    {
        var first = await SheetWorld.AcceptedIdAsync(_world.PostCsvAsync("Quiz1,85", key));
        _time.Advance(TimeSpan.FromSeconds(windowSeconds - 1));
        Assert.Equal(first, await SheetWorld.AcceptedIdAsync(_world.PostCsvAsync("Quiz1,85", key)));
        _time.Advance(TimeSpan.FromSeconds(2));

        var other = await _world.PostCsvAsync("Quiz1,85", key);

        Assert.False(SheetWorld.IsReplayed(other));
        Assert.NotEqual(first, await SheetWorld.AcceptedIdAsync(Task.FromResult(other)));
        Assert.Equal(2, (await _world.KeysAsync()).Count);
    }

    [Fact]
    public async Task A_key_used_for_another_sheet_is_refused_and_the_sheet_is_deleted()
    {
        await SheetWorld.AcceptedIdAsync(_world.PostCsvAsync("Quiz1,85", "k"));
        await _world.MessageAsync();

        await ApiWorld.RefusedAsync(await _world.PostCsvAsync("Quiz1,86", "k"), 422, "Idempotency-Key");

        await _world.NothingIsSentAsync();
        Assert.Single(await _world.KeysAsync());
    }

    [Fact]
    public async Task The_same_bytes_as_json_and_as_csv_are_two_requests()
    {
        var json = await SheetWorld.AcceptedIdAsync(_world.PostJsonAsync(SheetWorld.Example));
        var csv = await SheetWorld.AcceptedIdAsync(_world.PostCsvAsync(SheetWorld.ExampleSheet));

        Assert.NotEqual(json, csv);
        Assert.Equal(2, (await _world.KeysAsync()).Count);
    }

    [Fact]
    public async Task Different_keys_make_different_jobs_of_one_sheet() => Assert.NotEqual(
        await SheetWorld.AcceptedIdAsync(_world.PostCsvAsync("Quiz1,85", "k1")),
        await SheetWorld.AcceptedIdAsync(_world.PostCsvAsync("Quiz1,85", "k2")));

    [Theory]
    [InlineData("k")]
    [InlineData(null)]
    public async Task Concurrent_duplicates_over_two_instances_are_one_job_with_one_object(string? key)
    {
        await using var other = _world.StartOther(emulators, _time);

        var ids = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            SheetWorld.AcceptedIdAsync((i % 2 == 0 ? _world : other).PostCsvAsync("Quiz1,85", key))));

        Assert.Single(ids.Distinct());
        Assert.Single((await _world.MessagesAsync(16)).Distinct());
        Assert.Single(await _world.KeysAsync());
    }
}
