using QuizAspire.Core.Submissions;

namespace QuizAspire.Tests.Core;

public sealed class SubmissionReaderTests
{
    [Fact]
    public void The_seeds_message_is_read_as_it_stands()
    {
        var message = SubmissionReader.Read(
            """{"student_id": "s1", "quiz_id": "q", "answers": {"q1": "A"}, "correct_answers": {"q1": "B"}}""");

        Assert.Equal("s1", message.StudentId);
        Assert.Equal("q", message.QuizId);
        Assert.Equal("A", message.Answers.GetProperty("q1").GetString());
        Assert.Equal("B", message.CorrectAnswers?.GetProperty("q1").GetString());
        Assert.Null(message.SubmissionId);
        Assert.Null(message.SubmittedAt);
        Assert.Null(message.QuizVersion);
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var at = new DateTimeOffset(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);
        var written = new SubmissionMessage("s1", "q", Support.Json.Of("""{"q1":[1.50,null]}"""), null, "id-1", at, 3);

        var read = SubmissionReader.Read(written.ToJson());

        Assert.Equal(("s1", "q", "id-1", at, 3), (read.StudentId, read.QuizId, read.SubmissionId, read.SubmittedAt, read.QuizVersion));
        Assert.Equal("""{"q1":[1.50,null]}""", read.Answers.GetRawText());
        Assert.DoesNotContain("correct_answers", written.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_spells_answers_as_they_were_submitted()
    {
        var answers = """{"q1":"naïve + 'quoted' <b> & Ж"}""";

        Assert.Contains(answers, new SubmissionMessage("s1", "q", Support.Json.Of(answers)).ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("""{"quiz_id": "q", "answers": {}}""", "student_id is missing")]
    [InlineData("""{"student_id": null, "quiz_id": "q", "answers": {}}""", "student_id is missing")]
    [InlineData("""{"student_id": "", "quiz_id": "q", "answers": {}}""", "student_id")]
    [InlineData("""{"student_id": 7, "quiz_id": "q", "answers": {}}""", "student_id")]
    [InlineData("""{"student_id": "\ud800", "quiz_id": "q", "answers": {}}""", "student_id")]
    [InlineData("""{"student_id": "s\nforged", "quiz_id": "q", "answers": {}}""", "student_id")]
    [InlineData("""{"student_id": "s", "answers": {}}""", "quiz_id is missing")]
    [InlineData("""{"student_id": "s", "quiz_id": "q"}""", "answers is missing")]
    [InlineData("""{"student_id": "s", "quiz_id": "q", "answers": []}""", "answers is not an object")]
    [InlineData("""{"student_id": "s", "quiz_id": "q", "answers": {}, "correct_answers": "x"}""", "correct_answers is not an object")]
    [InlineData("""{"student_id": "s", "quiz_id": "q", "answers": {}, "submitted_at": "noon"}""", "submitted_at")]
    [InlineData("""{"student_id": "s", "quiz_id": "q", "answers": {}, "submitted_at": "1969-12-31T23:59:59Z"}""", "submitted_at")]
    [InlineData("""{"student_id": "s", "quiz_id": "q", "answers": {}, "quiz_version": 0}""", "quiz_version")]
    [InlineData("""{"student_id": "s", "quiz_id": "q", "answers": {}, "quiz_version": 1.5}""", "quiz_version")]
    [InlineData("""{"student_id": "s", "quiz_id": "q", "answers": {"q1": "secret\udc00"}}""", "Unicode")]
    public void A_defect_is_named_without_the_values(string body, string reason)
    {
        var exception = Assert.Throws<InvalidSubmissionException>(() => SubmissionReader.Read(body));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_at_most_128_characters_long()
    {
        Assert.Equal(128, SubmissionReader.Read(With(128)).StudentId.Length);
        Assert.Throws<InvalidSubmissionException>(() => SubmissionReader.Read(With(129)));

        static string With(int length) => "{\"student_id\": \"" + new string('s', length) + "\", \"quiz_id\": \"q\", \"answers\": {}}";
    }

    [Fact]
    public void Answers_nest_as_deep_as_the_table_can_hold()
    {
        Assert.Equal("s", SubmissionReader.Read(With(30)).StudentId);
        Assert.Throws<InvalidSubmissionException>(() => SubmissionReader.Read(With(31)));

        static string With(int arrays) => 
            "{\"student_id\": \"s\", \"quiz_id\": \"q\", \"answers\": {\"q1\": " + new string('[', arrays) + new string(']', arrays) + "}}";
    }
}
