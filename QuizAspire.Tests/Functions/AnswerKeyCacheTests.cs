using QuizAspire.Core.Scoring;
using QuizAspire.Functions.QuizProcessor;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Functions;

public sealed class AnswerKeyCacheTests
{
    private readonly ManualTime _time = ManualTime.AtNoon();
    private readonly List<string> _loads = [];
    private readonly HashSet<string> _missing = [];

    [Fact]
    public async Task A_version_is_loaded_once_and_kept()
    {
        var cache = Cache(10);

        await cache.FindAsync("a", 1, default);
        _time.Advance(TimeSpan.FromDays(1));
        await cache.FindAsync("a", 1, default);
        await cache.FindAsync("a", 2, default);

        Assert.Equal(["a/1", "a/2"], _loads);
    }

    [Fact]
    public async Task The_latest_is_loaded_again_after_half_a_minute()
    {
        var cache = Cache(10);

        await cache.FindAsync("a", null, default);
        _time.Advance(AnswerKeyCache.LatestLifetime - TimeSpan.FromSeconds(1));
        await cache.FindAsync("a", null, default);
        Assert.Equal(["a/"], _loads);

        _time.Advance(TimeSpan.FromSeconds(1));
        await cache.FindAsync("a", null, default);
        Assert.Equal(["a/", "a/"], _loads);
    }

    [Fact]
    public async Task The_least_recently_used_makes_room()
    {
        var cache = Cache(2);

        await cache.FindAsync("a", 1, default);
        await cache.FindAsync("b", 1, default);
        await cache.FindAsync("a", 1, default);
        await cache.FindAsync("c", 1, default);
        await cache.FindAsync("a", 1, default);
        await cache.FindAsync("b", 1, default);

        Assert.Equal(["a/1", "b/1", "c/1", "b/1"], _loads);
    }

    [Fact]
    public async Task A_quiz_that_is_not_there_is_asked_for_each_time()
    {
        _missing.Add("a");
        var cache = Cache(2);

        Assert.Null(await cache.FindAsync("a", null, default));
        _missing.Clear();
        Assert.NotNull(await cache.FindAsync("a", null, default));
    }

    private AnswerKeyCache Cache(int capacity) => new(
        (quizId, version, _) =>
        {
            _loads.Add($"{quizId}/{version}");
            return Task.FromResult(_missing.Contains(quizId) ? null : AnswerKey.None);
        },
        _time,
        capacity);
}
