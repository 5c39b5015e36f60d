using QuizAspire.AppHost.Monitoring.Schedules.Running;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Schedules;

public sealed class InvocationTests
{
    private static readonly DateTimeOffset Scheduled = new(2022, 3, 22, 20, 59, 43, 900, TimeSpan.FromHours(2));

    [Fact]
    public void Context_attributes_are_replaced_wherever_they_stand()
    {
        var schedule = ScheduleRig.Planned("rate(5 minutes)") with
        {
            Input = """
                {"arn":"<aws.scheduler.schedule-arn>","time":"<aws.scheduler.scheduled-time>","id":"<aws.scheduler.execution-id>",
                "attempt":<aws.scheduler.attempt-number>,"again":"at <aws.scheduler.scheduled-time>","other":"<aws.scheduler.other>"}
                """,
        };

        var payload = Json.Of(new ScheduledInvocation(schedule, Scheduled, 2, "d32c5kddcf5bb8c3").Payload);

        Assert.Equal(schedule.Arn, payload.GetProperty("arn").GetString());
        Assert.Equal("2022-03-22T18:59:43Z", payload.GetProperty("time").GetString());
        Assert.Equal("d32c5kddcf5bb8c3", payload.GetProperty("id").GetString());
        Assert.Equal(2, payload.GetProperty("attempt").GetInt32());
        Assert.Equal("at 2022-03-22T18:59:43Z", payload.GetProperty("again").GetString());
        Assert.Equal("<aws.scheduler.other>", payload.GetProperty("other").GetString());
    }

    [Fact]
    public void Without_an_input_the_function_gets_a_notification()
    {
        var schedule = ScheduleRig.Planned("rate(5 minutes)") with { Input = null };

        var payload = Json.Of(ScheduledInvocation.New(schedule, Scheduled, 1).Payload);

        Assert.Equal(
            ["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"],
            payload.EnumerateObject().Select(property => property.Name));
        Assert.Equal("0", payload.GetProperty("version").GetString());
        Assert.True(Guid.TryParse(payload.GetProperty("id").GetString(), out _));
        Assert.Equal("Scheduled Event", payload.GetProperty("detail-type").GetString());
        Assert.Equal("aws.scheduler", payload.GetProperty("source").GetString());
        Assert.Equal("000000000000", payload.GetProperty("account").GetString());
        Assert.Equal("us-west-1", payload.GetProperty("region").GetString());
        Assert.Equal("2022-03-22T18:59:43Z", payload.GetProperty("time").GetString());
        Assert.Equal(schedule.Arn, payload.GetProperty("resources")[0].GetString());
        Assert.Equal("{}", payload.GetProperty("detail").GetString());
    }

    [Fact]
    public void Each_attempt_has_an_execution_id_of_its_own()
    {
        var ids = Enumerable.Range(1, 50)
            .Select(attempt => ScheduledInvocation.New(ScheduleRig.Planned("rate(5 minutes)"), Scheduled, attempt).ExecutionId).ToArray();

        Assert.Equal(50, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{16}$", id));
    }
}
