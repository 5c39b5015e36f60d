using System.Text.Json.Nodes;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Embedded.Templates;
using QuizAspire.Tests.Infrastructure;

namespace QuizAspire.Tests.Embedded;

/// <summary>What monitoring and commands read of the stack: the real one, and what a template may leave out.</summary>
public sealed class PlannedResourcesTests(QuizStackTests.Synthesized synthesized) : IClassFixture<QuizStackTests.Synthesized>
{
    private static readonly EmulatorAddresses Addresses = new(4566, 8000);

    private StackPlan Plan(params (string Name, string Value)[] parameters) => StackPlanner.Plan(
        File.ReadAllText(synthesized.Path), "quiz-aspire", Addresses, parameters.ToDictionary(one => one.Name, one => one.Value));

    [Fact]
    public void Queues_have_their_dead_letters_and_how_often_they_are_received()
    {
        var queues = Plan(("MaxReceiveCount", "4")).Queues.ToDictionary(queue => queue.Name);

        Assert.Equal(6, queues.Count);
        Assert.Equal(
            new PlannedQueue(
                "quiz-submissions.fifo",
                "http://127.0.0.1:4566/000000000000/quiz-submissions.fifo",
                "arn:aws:sqs:us-west-1:000000000000:quiz-submissions.fifo",
                IsFifo: true,
                DeadLetterQueueArn: "arn:aws:sqs:us-west-1:000000000000:quiz-submissions-dlq.fifo",
                MaxReceiveCount: 4),
            queues["quiz-submissions.fifo"]);
        Assert.Equal((true, null, null), Redrive(queues["quiz-submissions-dlq.fifo"]));
        Assert.Equal((false, queues["statistics-requests-dlq"].Arn, 5), Redrive(queues["statistics-requests"]));

        static (bool, string?, int?) Redrive(PlannedQueue queue) => (queue.IsFifo, queue.DeadLetterQueueArn, queue.MaxReceiveCount);
    }

    [Fact]
    public void Tables_and_topics_are_those_of_the_template()
    {
        var plan = Plan();

        Assert.Superset(
            new HashSet<string> { "quiz-results", "quiz-quizzes", "quiz-accepted-submissions" }, plan.Tables.Select(table => table.Name).ToHashSet());
        Assert.Contains(new PlannedTopic("quiz-processing-alerts", "arn:aws:sns:us-west-1:000000000000:quiz-processing-alerts"), plan.Topics);
        Assert.Contains(plan.Topics, topic => topic.Name == "quiz-statistics");
    }

    [Fact]
    public void Subscriptions_are_those_whose_address_is_given()
    {
        Assert.Empty(Plan().Subscriptions);

        Assert.Equal(
            [new PlannedSubscription("arn:aws:sns:us-west-1:000000000000:quiz-processing-alerts", "email", "a@quiz.example")],
            Plan(("AlertEmail", "a@quiz.example")).Subscriptions);
    }

    [Fact]
    public void Schedule_has_what_the_template_says()
    {
        var schedule = Assert.Single(Plan().Schedules);

        Assert.Equal("quiz-queue-health-check-schedule", schedule.Name);
        Assert.Equal("arn:aws:scheduler:us-west-1:000000000000:schedule/default/quiz-queue-health-check-schedule", schedule.Arn);
        Assert.Equal(("rate(5 minutes)", "UTC"), (schedule.Expression, schedule.TimeZone));
        Assert.Equal("arn:aws:lambda:us-west-1:000000000000:function:quiz-queue-health-check", schedule.TargetArn);
        Assert.Equal((TimeSpan.FromHours(1), 3), (schedule.MaximumEventAge, schedule.MaximumRetryAttempts));
        Assert.Equal((null, null, null, null), (schedule.Input, schedule.StartDate, schedule.EndDate, schedule.DeadLetterQueueArn));
    }

    [Fact]
    public void Schedule_has_the_defaults_of_AWS_where_the_template_says_nothing()
    {
        var schedule = Assert.Single(Of("AWS::Scheduler::Schedule", """
            {"Name":"s","GroupName":"g","ScheduleExpression":"at(2026-11-22T05:00:00)","State":"DISABLED","StartDate":"2026-11-22T05:00:00Z",
             "ScheduleExpressionTimezone":"Europe/Paris","FlexibleTimeWindow":{"Mode":"OFF"},"Target":{"Arn":"arn:x","Input":"{\"a\":1}"}}
            """).Schedules);

        Assert.Equal((TimeSpan.FromDays(1), 185), (schedule.MaximumEventAge, schedule.MaximumRetryAttempts));
        Assert.Equal("arn:aws:scheduler:us-west-1:000000000000:schedule/g/s", schedule.Arn);
        Assert.False(schedule.Enabled);
        Assert.Equal(("Europe/Paris", """{"a":1}"""), (schedule.TimeZone, schedule.Input));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 5, 0, 0, TimeSpan.Zero), schedule.StartDate);
    }

    [Fact]
    public void Alarm_has_what_the_template_says()
    {
        var alarm = Assert.Single(Plan().Alarms, alarm => alarm.Name == "quiz-queue-depth-high");

        Assert.Equal(("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Average"), (alarm.Namespace, alarm.MetricName, alarm.Statistic));
        Assert.Equal("quiz-submissions.fifo", alarm.Dimensions["QueueName"]);
        Assert.Equal((TimeSpan.FromMinutes(5), 2, 2), (alarm.Period, alarm.EvaluationPeriods, alarm.DatapointsToAlarm));
        Assert.Equal((100, "GreaterThanThreshold", "missing"), (alarm.Threshold, alarm.ComparisonOperator, alarm.TreatMissingData));
        Assert.True(alarm.ActionsEnabled);
        Assert.Equal(["arn:aws:sns:us-west-1:000000000000:quiz-processing-alerts"], alarm.AlarmActions);
    }

    [Fact]
    public void Alarm_on_metric_math_has_no_metric_of_its_own()
    {
        var alarm = Assert.Single(Of("AWS::CloudWatch::Alarm", """
            {"AlarmName":"a","Metrics":[],"EvaluationPeriods":"3","DatapointsToAlarm":2,"Threshold":"1.5","ComparisonOperator":"LessThanThreshold",
             "ActionsEnabled":"false","OKActions":["arn:ok"],"TreatMissingData":"breaching"}
            """).Alarms);

        Assert.Equal(("", ""), (alarm.Namespace, alarm.MetricName));
        Assert.Equal((3, 2, 1.5, false), (alarm.EvaluationPeriods, alarm.DatapointsToAlarm, alarm.Threshold, alarm.ActionsEnabled));
        Assert.Equal(["arn:ok"], alarm.OkActions);
        Assert.Empty(alarm.AlarmActions);
    }

    [Fact]
    public void Number_that_is_none_is_an_error_of_the_template() =>
        Assert.Throws<TemplateException>(() => Of("AWS::CloudWatch::Alarm", """{"AlarmName":"a","EvaluationPeriods":"many"}"""));

    private static StackPlan Of(string type, string properties) => StackPlanner.Plan(
        new JsonObject { ["Resources"] = new JsonObject { ["R"] = new JsonObject { ["Type"] = type, ["Properties"] = JsonNode.Parse(properties) } } }.ToJsonString(),
        "stack", Addresses);
}
