using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Core;

public sealed class SubmissionIdentityTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Noon.AddMinutes(7);
    private static readonly SubmissionMessage Seeds = new("s1", "quiz-1", Json.Of("""{"q1": "A"}"""), Json.Of("""{"q1": "A"}"""));

    [Fact]
    public void A_message_without_id_is_the_same_submission_at_each_delivery_and_another_at_each_sending()
    {
        Assert.Equal(Identify(Seeds, "m1", Noon), Identify(Seeds, "m1", Noon));
        Assert.NotEqual(Identify(Seeds, "m1", Noon), Identify(Seeds, "m2", Noon));
        Assert.Equal(Noon, Identify(Seeds, "m1", Noon).SubmittedAt);
        Assert.Null(Identify(Seeds, "m1", Noon).Fingerprint);
    }

    [Fact]
    public void An_accepted_submission_keeps_its_id_and_time_and_needs_no_guard()
    {
        var answers = Json.Of("""{"q1": "A"}""");
        var id = SubmissionId.Create(Noon, "s1", "quiz-1", 2, answers);

        var identity = Identify(new SubmissionMessage("s1", "quiz-1", answers, null, id, Noon, 2), "m1", Later);

        Assert.Equal(new SubmissionIdentity(id, Noon, null), identity);
    }

    [Theory]
    [InlineData("""{"q1": "B"}""", 2, false)]
    [InlineData("""{"q1": "A"}""", 3, false)]
    [InlineData("""{"q1": "A"}""", 2, true)]
    public void The_id_of_other_content_is_refused(string answers, int version, bool withKey)
    {
        var id = SubmissionId.Create(Noon, "s1", "quiz-1", 2, Json.Of("""{"q1": "A"}"""));
        var message = new SubmissionMessage("s1", "quiz-1", Json.Of(answers), withKey ? Json.Of("{}") : null, id, Noon, version);

        Assert.Throws<InvalidSubmissionException>(() => Identify(message, "m1", Later));
    }

    [Fact]
    public void A_producers_own_id_is_guarded_by_the_fingerprint_of_its_content()
    {
        var own = Seeds with { SubmissionId = "homework-7", SubmittedAt = Noon };

        var identity = Identify(own, "m1", Later);

        Assert.Equal(("homework-7", Noon), (identity.SubmissionId, identity.SubmittedAt));
        Assert.NotNull(identity.Fingerprint);
        Assert.Equal(identity, Identify(own, "m2", Later));
        Assert.NotEqual(identity.Fingerprint, Identify(own with { Answers = Json.Of("{}") }, "m1", Later).Fingerprint);
        Assert.NotEqual(identity.Fingerprint, Identify(own with { CorrectAnswers = Json.Of("{}") }, "m1", Later).Fingerprint);
    }

    [Fact]
    public void The_time_in_a_producers_uuid_of_version_7_wins_so_that_its_result_is_found_by_id()
    {
        var id = Guid.CreateVersion7(Noon).ToString();

        Assert.Equal(Noon, Identify(Seeds with { SubmissionId = id, SubmittedAt = Later }, "m1", Later).SubmittedAt);
    }

    [Fact]
    public void The_same_body_that_tells_its_time_is_the_same_submission_however_often_it_is_sent()
    {
        var timed = Seeds with { SubmittedAt = Noon };

        Assert.Equal(Identify(timed, "m1", Noon), Identify(timed, "m2", Later));
        Assert.NotEqual(Identify(timed, "m1", Noon), Identify(timed with { Answers = Json.Of("{}") }, "m1", Noon));
    }

    private static SubmissionIdentity Identify(SubmissionMessage message, string messageId, DateTimeOffset sentAt) => SubmissionIdentity.Of(
        message, new MessageLife("s1", message.ToJson(), messageId, null, sentAt, null), new MessageOrigin(messageId, sentAt));
}
