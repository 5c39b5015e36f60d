using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Health;

/// <summary>What the function says, and what it ends with, when a service fails it. The first error is never hidden.</summary>
[Collection(UsesSqsAndDynamo.Name)]
public sealed class HealthCheckFaultTests(LocalSqs sqs, LocalDynamo dynamo) : IAsyncLifetime
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(6);

    private HealthCheckRig _rig = null!;

    private HealthWorld World => _rig.World;

    public async Task InitializeAsync() => _rig = await HealthCheckRig.CreateAsync(sqs, dynamo);

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Theory]
    [InlineData("InternalError", 500)]
    [InlineData("AuthorizationError", 403)]
    [InlineData("NotFound", 404)]
    [InlineData("Throttled", 429)]
    public async Task Issues_that_SNS_does_not_take_are_an_error_and_told_when_it_does(string code, int status)
    {
        await World.SendAsync(World.DeadLetters, 3);
        _rig.Sns.Intercept = _ => Task.FromResult(AwsAnswer.XmlError(code, status));
        var function = _rig.StartFunction();

        var error = await _rig.FailAsync();
        Assert.Equal("injected", error.GetProperty("errorMessage").GetString());
        await function.SaysAsync($"Failed to send alert Queue Health Check Alert: injected ({code})");

        _rig.Sns.Intercept = call => call.ForwardAsync();
        Assert.Equal(1, (await _rig.RunAsync()).GetProperty("alerts_sent").GetInt32());
        Assert.Single(await World.InboxAsync());
    }

    [Fact]
    public async Task A_missing_queue_is_told_once_is_an_error_each_time_and_hides_no_other_queue()
    {
        await World.SendAsync(World.RequestsDeadLetters, 3);
        await World.DeleteAsync(World.Main);
        _rig.StartFunction();

        for (var run = 0; run < 2; run++)
        {
            var error = await _rig.FailAsync();
            Assert.Equal("QueueCheckException", error.GetProperty("errorType").GetString());
            Assert.StartsWith($"queue {World.Main.Title} could not be read: ", error.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
            Assert.Equal("QueueDoesNotExistException", error.GetProperty("cause").GetProperty("errorType").GetString());
        }

        var alert = Assert.Single(await World.InboxAsync());
        Assert.Equal("Critical Health Check Failure", alert.Subject);
        Assert.StartsWith(
            $"CRITICAL: Health check Lambda failed with error: queue {World.Main.Title} could not be read: ", alert.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"WARNING: 3 messages in Dead Letter Queue {World.RequestsDeadLetters.Title}\n\nDLQ Metrics: {{", alert.Message, StringComparison.Ordinal);

        await World.CreateAgainAsync(World.Main);
        await World.EmptyAsync(World.RequestsDeadLetters);
        await _rig.RunAsync();
        Assert.Equal("Queue Health Recovered", Assert.Single(await World.InboxAsync()).Subject);
    }

    [Fact]
    public async Task SNS_that_is_down_does_not_hide_a_missing_queue()
    {
        await World.DeleteAsync(World.Main);
        _rig.Sns.Intercept = _ => Task.FromResult(AwsAnswer.XmlError("InternalError", 500));
        var function = _rig.StartFunction();

        Assert.Equal("QueueDoesNotExistException", (await _rig.FailAsync()).GetProperty("cause").GetProperty("errorType").GetString());
        await function.SaysAsync("the failure of the health check could not be told: injected (InternalError)");
    }

    [Fact]
    public async Task SNS_and_a_state_table_that_are_both_down_do_not_hide_a_missing_queue()
    {
        await World.DeleteAsync(World.Main);
        _rig.Sns.Intercept = call => call.HangAsync();
        _rig.Dynamo.Intercept = _ => Task.FromResult(AwsAnswer.JsonError("ServiceUnavailable", 503));
        _rig.StartFunction();

        Assert.Equal("QueueDoesNotExistException", (await _rig.FailAsync(Short)).GetProperty("cause").GetProperty("errorType").GetString());
    }

    [Theory]
    [InlineData("RequestThrottled")]
    [InlineData("ThrottlingException")]
    public async Task Throttling_is_waited_out(string code)
    {
        var calls = 0;
        _rig.Sqs.Intercept = call => Interlocked.Increment(ref calls) == 1 ? Task.FromResult(AwsAnswer.JsonError(code)) : call.ForwardAsync();
        _rig.StartFunction();

        await _rig.RunAsync();

        Assert.Equal(World.Queues.Count + 1, calls);
        Assert.Empty(await World.InboxAsync());
    }

    [Fact]
    public async Task Throttling_that_lasts_is_told_and_thrown()
    {
        _rig.Sqs.Intercept = _ => Task.FromResult(AwsAnswer.JsonError("ThrottlingException"));
        _rig.StartFunction();

        Assert.Contains("injected (ThrottlingException)", (await _rig.FailAsync()).GetProperty("errorMessage").GetString(), StringComparison.Ordinal);

        var alert = Assert.Single(await World.InboxAsync());
        Assert.All(World.Queues, queue => Assert.Contains(
            $"queue {queue.Title} could not be read: injected (ThrottlingException)", alert.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SQS_that_does_not_answer_is_told_and_thrown_before_the_function_is_timed_out()
    {
        _rig.Sqs.Intercept = call => call.HangAsync();
        _rig.StartFunction();

        var check = _rig.Invoke(Short);
        var answer = await check.Answer;

        // The client alone would go on trying for longer.
        Assert.InRange(check.Took, TimeSpan.Zero, TimeSpan.FromSeconds(9));
        Assert.True(answer.IsError, answer.Json);
        var error = Json.Of(answer.Json);
        Assert.Contains("the time allowed ran out before it answered", error.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Equal("Critical Health Check Failure", Assert.Single(await World.InboxAsync()).Subject);
    }

    [Fact]
    public async Task Without_its_state_the_check_tells_each_time_and_says_why()
    {
        _rig.Environment["AWS__Resources__HealthStateTableName"] = "not-there";
        await World.SendAsync(World.DeadLetters, 3);
        _rig.StartFunction();

        Assert.Equal(1, (await _rig.RunAsync()).GetProperty("alerts_sent").GetInt32());
        Assert.Equal(1, (await _rig.RunAsync()).GetProperty("alerts_sent").GetInt32());

        var alerts = await World.InboxAsync();
        Assert.Equal(2, alerts.Count);
        Assert.All(alerts, alert => Assert.EndsWith(
            "The health check could not keep its state (DynamoDB answered ResourceNotFoundException), so this alert may be repeated at every run.",
            alert.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_state_table_that_does_not_answer_costs_no_alert()
    {
        await World.SendAsync(World.DeadLetters, 3);
        _rig.Dynamo.Intercept = call => call.HangAsync();
        _rig.StartFunction();

        Assert.Equal(1, (await _rig.RunAsync(Short)).GetProperty("alerts_sent").GetInt32());
        Assert.Single(await World.InboxAsync());
    }

    [Fact]
    public async Task A_state_that_can_be_read_and_not_written_costs_no_alert()
    {
        await World.SendAsync(World.DeadLetters, 3);
        _rig.Dynamo.Intercept = call => call.Operation == "PutItem"
            ? Task.FromResult(AwsAnswer.JsonError("AccessDeniedException"))
            : call.ForwardAsync();
        _rig.StartFunction();

        Assert.Equal(1, (await _rig.RunAsync()).GetProperty("alerts_sent").GetInt32());
        Assert.Contains("AccessDeniedException", Assert.Single(await World.InboxAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_that_somebody_else_changes_again_and_again_costs_no_alert()
    {
        await World.SendAsync(World.DeadLetters, 3);
        _rig.Dynamo.Intercept = call => call.Operation == "PutItem"
            ? Task.FromResult(AwsAnswer.JsonError("ConditionalCheckFailedException"))
            : call.ForwardAsync();
        _rig.StartFunction();

        Assert.Equal(1, (await _rig.RunAsync()).GetProperty("alerts_sent").GetInt32());
        Assert.Single(await World.InboxAsync());
    }

    [Fact]
    public async Task A_state_that_makes_no_sense_costs_no_alert()
    {
        await World.SendAsync(World.DeadLetters, 3);
        await dynamo.Client.PutItemAsync(World.StateTable, new()
        {
            ["check_id"] = new() { S = "quiz-queue-health-check" }, ["version"] = new() { S = "edited" },
        });
        _rig.StartFunction();

        Assert.Equal(1, (await _rig.RunAsync()).GetProperty("alerts_sent").GetInt32());
        Assert.Contains("what is stored makes no sense", Assert.Single(await World.InboxAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("denied")]
    [InlineData("hangs")]
    [InlineData("nonsense")]
    [InlineData("no data")]
    public async Task Without_CloudWatch_the_ages_are_unknown_and_nothing_else(string fault)
    {
        await World.SendAsync(World.DeadLetters, 3);
        if (fault != "no data")
            _rig.CloudWatch.Intercept = call => fault switch
            {
                "denied" => Task.FromResult(AwsAnswer.XmlError("AccessDenied", 403)),
                "hangs" => call.HangAsync(),
                _ => Task.FromResult(new AwsAnswer(200, "no XML", "text/plain")),
            };
        _rig.StartFunction();

        var body = await _rig.RunAsync();

        Assert.Equal(System.Text.Json.JsonValueKind.Null, body.GetProperty("dlq").GetProperty("oldest_message_age_seconds").ValueKind);
        Assert.Equal(0, body.GetProperty("main_queue").GetProperty("oldest_message_age_seconds").GetInt32());
        Assert.Contains("\"oldest_message_age_seconds\": \"unknown\"", Assert.Single(await World.InboxAsync()).Message, StringComparison.Ordinal);
    }
}
