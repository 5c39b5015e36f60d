using QuizAspire.Core.Paging;
using QuizAspire.Core.Quizzes;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Stores;

[Collection(UsesDynamo.Name)]
public sealed class QuizStoreTests(LocalDynamo dynamo) : IAsyncLifetime
{
    private readonly ManualTime _time = ManualTime.AtNoon();
    private string _table = "";
    private QuizStore _store = null!;

    public async Task InitializeAsync()
    {
        _table = await dynamo.CreateQuizzesTableAsync();
        _store = new QuizStore(dynamo.Client, _table, _time);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_quiz_is_read_as_it_was_saved()
    {
        var saved = await _store.SaveAsync(Draft("geo", "Geography", "A"), default);

        Assert.True(saved.Created);
        Assert.Equal(1, saved.Quiz.Version);
        AssertSame(saved.Quiz, await _store.FindLatestAsync("geo", default));
        AssertSame(saved.Quiz, await _store.FindVersionAsync("geo", 1, default));
        Assert.Null(await _store.FindLatestAsync("other", default));
        Assert.Null(await _store.FindVersionAsync("geo", 2, default));
    }

    [Fact]
    public async Task A_change_is_the_next_version_and_leaves_the_earlier_ones()
    {
        await _store.SaveAsync(Draft("geo", "First", "A"), default);
        _time.Advance(TimeSpan.FromMinutes(1));

        var second = await _store.SaveAsync(Draft("geo", "Second", "B"), default);

        Assert.False(second.Created);
        Assert.Equal(2, second.Quiz.Version);
        AssertSame(second.Quiz, await _store.FindLatestAsync("geo", default));
        Assert.Equal("First", (await _store.FindVersionAsync("geo", 1, default))!.Title);
        Assert.Equal("A", (await _store.FindAnswerKeyAsync("geo", 1, default))!.Answers["q1"].GetString());
        Assert.Equal("B", (await _store.FindAnswerKeyAsync("geo", null, default))!.Answers["q1"].GetString());
        Assert.Equal(2, (await _store.FindAnswerKeyAsync("geo", null, default))!.QuizVersion);
        Assert.Null(await _store.FindAnswerKeyAsync("geo", 3, default));
    }

    [Fact]
    public async Task Teachers_who_save_at_the_same_moment_each_get_a_version_of_their_own()
    {
        var saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => _store.SaveAsync(Draft("geo", $"Title {n}", "A"), default)));

        Assert.Equal(Enumerable.Range(1, 8), saved.Select(quiz => quiz.Quiz.Version).Order());
        Assert.Single(saved, quiz => quiz.Created);
        Assert.Equal(8, (await _store.FindLatestAsync("geo", default))!.Version);
        foreach (var quiz in saved)
            AssertSame(quiz.Quiz, await _store.FindVersionAsync("geo", quiz.Quiz.Version, default));
    }

    [Fact]
    public async Task A_version_whose_head_was_never_written_is_left_as_it_is()
    {
        var first = await _store.SaveAsync(Draft("geo", "First", "A"), default);
        // As a crash between the two writes leaves it: the version is there, the head is not.
        await dynamo.Client.DeleteItemAsync(_table, new() { ["quiz_id"] = new("geo"), ["version"] = new() { N = "0" } });

        var second = await _store.SaveAsync(Draft("geo", "Second", "A"), default);

        Assert.Equal(2, second.Quiz.Version);
        Assert.True(second.Created);
        AssertSame(first.Quiz, await _store.FindVersionAsync("geo", 1, default));
    }

    [Fact]
    public async Task A_quiz_that_does_not_fit_into_an_item_is_refused_with_its_size()
    {
        var draft = Draft("big", new string('é', 150), "A") with
        {
            Questions = [.. Enumerable.Range(0, 200).Select(n => new Question($"q{n}", new string('x', 2000), ["A", "B"], "A"))],
        };

        var exception = await Assert.ThrowsAsync<QuizTooLargeException>(() => _store.SaveAsync(draft, default));

        Assert.True(exception.Bytes > QuizStore.MaxQuizBytes);
        Assert.Null(await _store.FindLatestAsync("big", default));
    }

    [Fact]
    public async Task The_largest_quiz_that_is_accepted_fits_into_an_item()
    {
        var frame = System.Text.Encoding.UTF8.GetByteCount(QuizItem.QuestionsJson([new Question("q", "", ["A", "B"], "A")]));
        var draft = new QuizDraft("big", "T", [new Question("q", new string('x', QuizStore.MaxQuizBytes - frame - 1), ["A", "B"], "A")]);

        Assert.Equal(1, (await _store.SaveAsync(draft, default)).Quiz.Version);
    }

    [Fact]
    public async Task Quizzes_are_listed_page_by_page_each_once_in_its_latest_version()
    {
        foreach (var n in Enumerable.Range(0, 7))
            await _store.SaveAsync(Draft($"quiz-{n}", "Old", "A"), default);
        await _store.SaveAsync(Draft("quiz-3", "New", "A"), default);

        var listed = new List<QuizSummary>();
        string? token = null;
        do
        {
            var page = await _store.ListAsync(3, token, default);
            Assert.InRange(page.Items.Count, 1, 3);
            listed.AddRange(page.Items);
            token = page.NextPageToken;
        }
        while (token is not null);

        Assert.Equal(Enumerable.Range(0, 7).Select(n => $"quiz-{n}"), listed.Select(quiz => quiz.QuizId).Order(StringComparer.Ordinal));
        var changed = Assert.Single(listed, quiz => quiz.QuizId == "quiz-3");
        Assert.Equal((2, "New", 2), (changed.Version, changed.Title, changed.QuestionCount));
    }

    [Fact]
    public async Task A_forged_page_token_is_refused() =>
        await Assert.ThrowsAsync<InvalidPageTokenException>(() => _store.ListAsync(3, "=forged=", default));

    private static QuizDraft Draft(string quizId, string title, string correct) => new(quizId, title,
    [
        new Question("q1", "One \"quoted\" <b>é</b>?", ["A", "B"], correct),
        new Question("q2", "Two?", ["A", "B", "C"], "C"),
    ]);

    private static void AssertSame(Quiz expected, Quiz? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(
            (expected.QuizId, expected.Version, expected.Title, expected.CreatedAt), (actual.QuizId, actual.Version, actual.Title, actual.CreatedAt));
        Assert.Equal(QuizItem.QuestionsJson(expected.Questions), QuizItem.QuestionsJson(actual.Questions));
    }
}
