using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Statistics.Jobs;

namespace QuizAspire.Tests.Statistics.Jobs;

public sealed class StatisticsMessageTests
{
    private const string Id = "019aa8c2-3b7b-8d4e-9f00-0123456789ab";
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void A_job_is_read_as_it_was_sent()
    {
        var job = new StatisticsJob(Id, StatisticsSource.Quiz, "Prüfung \"1\"", "raw/2026/11/22/x.csv", Noon);

        var message = job.ToMessage().ToJson();

        Assert.Equal(job, StatisticsRequestMessage.Read(message).ToJob(Noon.AddDays(1)));
        Assert.Equal(
            "{\"statistics_id\":\"" + Id + "\",\"object_key\":\"raw/2026/11/22/x.csv\",\"source\":\"quiz\",\"quiz_id\":\"Prüfung \\\"1\\\"\"," +
            "\"submitted_at\":\"2026-11-22T12:00:00.123+00:00\"}",
            message);
    }

    [Fact]
    public void A_trusted_producer_need_only_name_the_job_and_its_object()
    {
        var message = StatisticsRequestMessage.Read($$"""{"statistics_id": "{{Id}}", "object_key": "a.csv", "source": null, "more": 1}""");

        Assert.Equal(new StatisticsJob(Id, StatisticsSource.Csv, null, "a.csv", Noon), message.ToJob(Noon));
    }

    [Fact]
    public void The_message_of_written_statistics_is_read_as_it_was_sent()
    {
        Assert.Equal($$"""{"statistics_id":"{{Id}}"}""", new StatisticsCompletedMessage(Id).ToJson());
        Assert.Equal(Id, StatisticsCompletedMessage.Read(new StatisticsCompletedMessage(Id).ToJson()).StatisticsId);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{}", "statistics_id")]
    [InlineData("""{"statistics_id": 1, "object_key": "a"}""", "statistics_id")]
    [InlineData("""{"statistics_id": "019AA8C2-3B7B-8D4E-9F00-0123456789AB", "object_key": "a"}""", "statistics_id")]
    [InlineData("""{"statistics_id": "request#key#0123456789012345678901", "object_key": "a"}""", "statistics_id")]
    [InlineData("""{"statistics_id": "\ud800", "object_key": "a"}""", "statistics_id")]
    [InlineData("""{"statistics_id": "ID"}""", "object_key is missing")]
    [InlineData("""{"statistics_id": "ID", "object_key": ""}""", "object_key")]
    [InlineData("""{"statistics_id": "ID", "object_key": "a\nb"}""", "object_key")]
    [InlineData("""{"statistics_id": "ID", "object_key": "a", "source": "mail"}""", "source")]
    [InlineData("""{"statistics_id": "ID", "object_key": "a", "source": 0}""", "source")]
    [InlineData("""{"statistics_id": "ID", "object_key": "a", "quiz_id": {}}""", "quiz_id")]
    [InlineData("""{"statistics_id": "ID", "object_key": "a", "submitted_at": "yesterday"}""", "submitted_at")]
    [InlineData("""{"statistics_id": "ID", "object_key": "a", "submitted_at": "1969-12-31T23:59:59Z"}""", "submitted_at")]
    public void A_message_that_is_none_is_refused_with_the_member_at_fault(string body, string defect)
    {
        var exception = Assert.Throws<InvalidStatisticsMessageException>(
            () => StatisticsRequestMessage.Read(body.Replace("ID", Id, StringComparison.Ordinal)));

        Assert.Contains(defect, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1025, "object_key")]
    [InlineData(5000, "longer than")]
    public void What_is_too_long_is_refused(int length, string defect)
    {
        var body = $$"""{"statistics_id": "{{Id}}", "object_key": "{{new string('x', length)}}"}""";

        var exception = Assert.Throws<InvalidStatisticsMessageException>(() => StatisticsRequestMessage.Read(body));
        Assert.Contains(defect, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("statistics_id")]
    [InlineData("object_key")]
    [InlineData("source")]
    [InlineData("submitted_at")]
    public void A_refusal_holds_nothing_of_the_message(string member) => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        noise =>
        {
            var secret = "secret-" + string.Concat(noise.Get.Where(char.IsAsciiLetterOrDigit));
            var body = JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["statistics_id"] = Id, ["object_key"] = "a", [member] = secret + "\n",
            });

            var refusal = Assert.Throws<InvalidStatisticsMessageException>(() => StatisticsRequestMessage.Read(body));

            Assert.DoesNotContain(secret, refusal.Message, StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
}
