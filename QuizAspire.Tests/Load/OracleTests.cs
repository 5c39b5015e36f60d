using System.Text.Json;
using QuizAspire.Load;
using QuizAspire.Load.Api;
using QuizAspire.Load.Questions;

namespace QuizAspire.Tests.Load;

public sealed class OracleTests
{
    private static readonly LoadQuiz Quiz =
        LoadQuiz.Divide([new("one", ["a", "b"], "a"), new("two", ["a", "b"], "b"), new("three", ["a", "b"], "b")], 3, "run")[0];

    private static readonly LoadSubmission Submission = new("s", "key", Quiz, new Dictionary<string, string> { ["q1"] = "a", ["q2"] = "a" });

    private static readonly ResultBody Right = new(
        "id", Quiz.Id, "completed", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 33.33m, 3, Json(Submission.Answers));

    [Fact]
    public void One_right_result_of_what_was_accepted_is_no_violation() =>
        Assert.Empty(Oracle.Violations(new Outcome(Submission, "id", [Right])));

    [Fact]
    public void A_result_that_is_not_there_is_lost() => AssertViolation("s: id was accepted and is lost", "id");

    [Fact]
    public void A_submission_that_was_never_accepted_is_a_violation_whether_or_not_it_arrived()
    {
        AssertViolation("s: never accepted", null);
        AssertViolation("s: never accepted", null, Right);
    }

    [Fact]
    public void A_result_of_another_id_is_unexpected() =>
        AssertViolation("s: other is unexpected", "id", Right, Right with { SubmissionId = "other" });

    [Fact]
    public void A_result_that_is_there_twice_is_a_violation() => AssertViolation("s: id is stored 2 times", "id", Right, Right);

    [Fact]
    public void A_result_must_be_right_in_all_it_says()
    {
        AssertViolation("s: id has score 33.34, not 33.33", "id", Right with { Score = 33.34m });
        AssertViolation("s: id has 2 questions, not 3", "id", Right with { TotalQuestions = 2 });
        AssertViolation($"s: id is of quiz x, not {Quiz.Id}", "id", Right with { QuizId = "x" });
        AssertViolation("s: id is failed: why", "id", Right with { Status = "failed", Reason = "why" });
        var other = new Dictionary<string, string> { ["q1"] = "a" };
        AssertViolation("s: id has other answers than were submitted", "id", Right with { Answers = Json(other) });
    }

    private static JsonElement Json(IReadOnlyDictionary<string, string> answers) => JsonSerializer.SerializeToElement(answers);

    private static void AssertViolation(string expected, string? id, params ResultBody[] stored) =>
        Assert.Equal([expected], Oracle.Violations(new Outcome(Submission, id, stored)));
}
