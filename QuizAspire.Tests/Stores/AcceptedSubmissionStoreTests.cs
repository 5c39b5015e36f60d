using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Stores;

[Collection(UsesDynamo.Name)]
public sealed class AcceptedSubmissionStoreTests(LocalDynamo dynamo) : IAsyncLifetime
{
    private static readonly NewSubmission Submission = new("s1", "quiz-1", 1, Json.Of("""{"q1": "A"}"""));

    private readonly ManualTime _time = ManualTime.AtNoon();
    private string _table = "";
    private AcceptedSubmissionStore _store = null!;

    public async Task InitializeAsync()
    {
        _table = await dynamo.CreateSubmissionsTableAsync();
        _store = new AcceptedSubmissionStore(dynamo.Client, _table, _time);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_accepted_submission_has_an_id_of_its_content_and_is_found_by_it()
    {
        var acceptance = await _store.AcceptAsync(Submission, null, default);

        Assert.Equal(AcceptanceKind.New, acceptance.Kind);
        var accepted = acceptance.Submission;
        Assert.Equal(_time.GetUtcNow(), accepted.SubmittedAt);
        Assert.Equal(SubmissionId.Create(_time.GetUtcNow(), "s1", "quiz-1", 1, Submission.Answers), accepted.SubmissionId);
        Assert.Equal(accepted, await _store.FindAsync("s1", accepted.SubmissionId, default));
        Assert.Null(await _store.FindAsync("s2", accepted.SubmissionId, default));
        Assert.Null(await _store.FindAsync("s1", "other", default));
    }

    [Fact]
    public async Task Its_message_is_one_that_the_function_takes_for_the_same_submission()
    {
        var accepted = (await _store.AcceptAsync(Submission, null, default)).Submission;

        var message = SubmissionReader.Read(accepted.ToMessage(Submission.Answers).ToJson());

        Assert.Equal(new SubmissionIdentity(accepted.SubmissionId, accepted.SubmittedAt, null), SubmissionIdentity.Of(
            message, new MessageLife("s1", message.ToJson(), "m1", null, default, null), new MessageOrigin("m1", default)));
    }

    [Fact]
    public async Task The_same_body_within_the_window_is_the_same_submission_even_when_the_quiz_has_changed()
    {
        var first = await _store.AcceptAsync(Submission, null, default);
        _time.Advance(AcceptedSubmissionStore.BodyWindow - TimeSpan.FromSeconds(2));

        var again = await _store.AcceptAsync(Submission with { QuizVersion = 2, Answers = Json.Of("""{ "q1":"\u0041" }""") }, null, default);

        Assert.Equal(new Acceptance(AcceptanceKind.Repeated, first.Submission), again);
    }

    [Fact]
    public async Task The_same_body_after_the_window_is_a_new_submission_and_the_old_one_is_still_known()
    {
        var first = await _store.AcceptAsync(Submission, null, default);
        _time.Advance(AcceptedSubmissionStore.BodyWindow + TimeSpan.FromSeconds(1));

        var second = await _store.AcceptAsync(Submission, null, default);

        Assert.Equal(AcceptanceKind.New, second.Kind);
        Assert.NotEqual(first.Submission.SubmissionId, second.Submission.SubmissionId);
        Assert.Equal(first.Submission, await _store.FindAsync("s1", first.Submission.SubmissionId, default));
        Assert.Equal(second.Submission, await _store.FindAsync("s1", second.Submission.SubmissionId, default));
    }

    [Fact]
    public async Task Other_students_quizzes_and_answers_are_other_submissions()
    {
        NewSubmission[] submissions =
        [
            Submission,
            Submission with { StudentId = "s2" },
            Submission with { QuizId = "quiz-2" },
            Submission with { Answers = Json.Of("""{"q1": "B"}""") },
        ];

        var acceptances = await Task.WhenAll(submissions.Select(submission => _store.AcceptAsync(submission, null, default)));

        Assert.All(acceptances, acceptance => Assert.Equal(AcceptanceKind.New, acceptance.Kind));
        Assert.Equal(4, acceptances.Select(acceptance => acceptance.Submission.SubmissionId).Distinct().Count());
    }

    [Fact]
    public async Task A_key_means_one_submission_for_a_day_and_no_other()
    {
        var first = await _store.AcceptAsync(Submission, "key-1", default);
        _time.Advance(AcceptedSubmissionStore.KeyWindow - TimeSpan.FromMinutes(1));

        Assert.Equal(new Acceptance(AcceptanceKind.Repeated, first.Submission), await _store.AcceptAsync(Submission, "key-1", default));
        Assert.Equal(
            AcceptanceKind.KeyUsedForAnother,
            (await _store.AcceptAsync(Submission with { Answers = Json.Of("""{"q1": "B"}""") }, "key-1", default)).Kind);
        Assert.Equal(AcceptanceKind.New, (await _store.AcceptAsync(Submission, "key-2", default)).Kind);
        Assert.Equal(AcceptanceKind.New, (await _store.AcceptAsync(Submission with { StudentId = "s2" }, "key-1", default)).Kind);
    }

    [Fact]
    public async Task Requests_that_race_agree_on_one_id()
    {
        var acceptances = await Task.WhenAll(Enumerable.Range(0, 16).Select(n =>
            StoreAhead(n).AcceptAsync(Submission, "key-1", default)));

        Assert.Single(acceptances.Select(acceptance => acceptance.Submission).Distinct());
        Assert.Single(acceptances, acceptance => acceptance.Kind == AcceptanceKind.New);
    }

    [Fact]
    public async Task Requests_that_race_for_an_expired_key_agree_on_one_id()
    {
        var old = await _store.AcceptAsync(Submission, null, default);
        _time.Advance(AcceptedSubmissionStore.BodyWindow + TimeSpan.FromSeconds(1));

        var acceptances = await Task.WhenAll(Enumerable.Range(0, 16).Select(n =>
            StoreAhead(n).AcceptAsync(Submission, null, default)));

        Assert.Single(acceptances.Select(acceptance => acceptance.Submission).Distinct());
        Assert.DoesNotContain(acceptances, acceptance => acceptance.Submission == old.Submission);
        Assert.Equal(old.Submission, await _store.FindAsync("s1", old.Submission.SubmissionId, default));
    }

    [Fact]
    public async Task The_record_outlives_its_message_and_then_expires()
    {
        var accepted = (await _store.AcceptAsync(Submission, "key-1", default)).Submission;

        _time.Advance(AcceptedSubmissionStore.LongestMessageLife - TimeSpan.FromSeconds(2));
        Assert.NotNull(await _store.FindAsync("s1", accepted.SubmissionId, default));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await _store.FindAsync("s1", accepted.SubmissionId, default));
    }

    [Fact]
    public async Task The_record_holds_neither_the_answers_nor_the_key()
    {
        await _store.AcceptAsync(Submission with { Answers = Json.Of("""{"q1": "a secret answer"}""") }, "a secret key", default);

        var item = Assert.Single((await dynamo.Client.ScanAsync(new ScanRequest(_table))).Items);

        Assert.All(item.Values, value => Assert.DoesNotContain("secret", value.S ?? value.N, StringComparison.Ordinal));
    }

    /// <summary>Another instance's store, whose clock is a little ahead.</summary>
    private AcceptedSubmissionStore StoreAhead(int milliseconds) =>
        new(dynamo.Client, _table, new ManualTime(_time.GetUtcNow().AddMilliseconds(milliseconds)));
}
