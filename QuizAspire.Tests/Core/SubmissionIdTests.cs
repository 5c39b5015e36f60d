using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Core;

public sealed class SubmissionIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void An_id_is_a_uuid_of_version_8_that_tells_its_time()
    {
        var id = Create("""{"q1": "A"}""");

        var uuid = Guid.ParseExact(id, "D");
        Assert.Equal(8, uuid.Version);
        Assert.InRange(uuid.Variant, 8, 11);
        Assert.True(SubmissionId.IsCommitting(id));
        Assert.True(SubmissionId.TryGetTime(id, out var time));
        Assert.Equal(Noon, time);
    }

    [Fact]
    public void Same_content_same_id_whatever_its_spelling() =>
        Assert.Equal(Create("""{"q1": 1.0, "q2": "A"}"""), Create("""{ "q2": "\u0041", "q1": 1 }"""));

    [Fact]
    public void Any_other_content_has_another_id()
    {
        var answers = Json.Of("""{"q1": "A"}""");
        string[] ids =
        [
            SubmissionId.Create(Noon, "s", "quiz", 1, answers),
            SubmissionId.Create(Noon.AddMilliseconds(1), "s", "quiz", 1, answers),
            SubmissionId.Create(Noon, "sq", "uiz", 1, answers),
            SubmissionId.Create(Noon, "s", "quiz", 2, answers),
            SubmissionId.Create(Noon, "s", "quiz", null, answers),
            SubmissionId.Create(Noon, "s", "quiz", 1, Json.Of("""{"q1": "B"}""")),
            SubmissionId.ForMessage(Noon, "s"),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Ids_sort_in_the_order_of_their_times() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).Two().ToArbitrary(),
            pair =>
            {
                var (left, right) = (Noon.AddMilliseconds(pair.Item1), Noon.AddMilliseconds(pair.Item2));
                var order = string.CompareOrdinal(SubmissionId.ForMessage(left, "m"), SubmissionId.ForMessage(right, "m"));
                return Math.Sign(order) == left.CompareTo(right);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ids_commit_to_their_content() =>
        Prop.ForAll(JsonGen.ObjectPairs, pair =>
            (Create(pair.Item1) == Create(pair.Item2)) == (CanonicalJson.Of(Json.Of(pair.Item1)) == CanonicalJson.Of(Json.Of(pair.Item2))))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("my-own-id")]
    [InlineData("019ab123-4567-4abc-8def-0123456789ab")] // version 4
    [InlineData("019AB123-4567-8ABC-8DEF-0123456789AB")] // not the one spelling
    [InlineData("ffffffff-ffff-8abc-8def-0123456789ab")] // after the year 9999
    [InlineData("019ab123-4567-8abc-cdef-0123456789ab")] // another variant
    [InlineData("{19ab123-4567-8abc-8def-0123456789a}")]
    public void Other_ids_have_no_time_and_commit_to_nothing(string id)
    {
        Assert.False(SubmissionId.TryGetTime(id, out _));
        Assert.False(SubmissionId.IsCommitting(id));
    }

    [Fact]
    public void A_uuid_of_version_7_has_a_time_and_commits_to_nothing()
    {
        var id = Guid.CreateVersion7(Noon).ToString("D", CultureInfo.InvariantCulture);

        Assert.True(SubmissionId.TryGetTime(id, out var time));
        Assert.Equal(Noon, time);
        Assert.False(SubmissionId.IsCommitting(id));
    }

    private static string Create(string answers) => SubmissionId.Create(Noon, "student-1", "quiz-1", 1, Json.Of(answers));
}
