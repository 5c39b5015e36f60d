using System.Text.Json;
using QuizAspire.Core.Health;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Health;

/// <summary>The function through its own runtime loop, against the emulators.</summary>
[Collection(UsesSqsAndDynamo.Name)]
public sealed class HealthCheckFunctionTests(LocalSqs sqs, LocalDynamo dynamo) : IAsyncLifetime
{
    private HealthCheckRig _rig = null!;

    private HealthWorld World => _rig.World;

    public async Task InitializeAsync() => _rig = await HealthCheckRig.CreateAsync(sqs, dynamo);

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task The_answer_is_the_originals_with_every_queue_in_it()
    {
        await World.SendAsync(World.Main, 3);
        await World.ReceiveAsync(World.Main, 1);
        await World.SendAsync(World.Requests, 1, delaySeconds: 600);
        _rig.Ages[World.Main.Name] = 42;
        _rig.StartFunction();

        var body = await _rig.RunAsync();

        Assert.Equal("Health check completed", body.GetProperty("message").GetString());
        Assert.Equal(0, body.GetProperty("alerts_sent").GetInt32());
        Assert.Empty(body.GetProperty("issues").EnumerateArray());
        Assert.Equal((World.Main.Title, 2, 1, 0, 42), Metrics(body.GetProperty("main_queue")));
        Assert.Equal((World.DeadLetters.Title, 0, 0, 0, 0), Metrics(body.GetProperty("dlq")));
        var queues = body.GetProperty("queues").EnumerateArray().Select(Metrics).ToList();
        Assert.Equal(World.Queues.Select(queue => queue.Title), queues.Select(queue => queue.Name));
        Assert.Equal((World.Requests.Title, 0, 0, 1, (int?)null), queues[2]);
        Assert.Empty(await World.InboxAsync());
    }

    [Fact]
    public async Task One_alert_tells_every_issue_and_the_metrics_of_every_queue()
    {
        await World.SendAsync(World.Main, 3);
        await World.ReceiveAsync(World.Main, 2);
        await World.SendAsync(World.Main, 1);
        await World.SendAsync(World.DeadLetters, 3);
        await World.SendAsync(World.RequestsDeadLetters, 4);
        _rig.Ages[World.DeadLetters.Name] = 86400.5;
        _rig.StartFunction();

        var body = await _rig.RunAsync();

        Assert.Equal(3, body.GetProperty("alerts_sent").GetInt32());
        var alert = Assert.Single(await World.InboxAsync());
        Assert.Equal("Queue Health Check Alert", alert.Subject);
        Assert.StartsWith(
            "Queue Health Issues Detected:\n\nWARNING: High message count in main queue: 4\nWARNING: 3 messages in Dead Letter Queue\n" +
            $"WARNING: 4 messages in Dead Letter Queue {World.RequestsDeadLetters.Title}\n\nMain Queue Metrics: {{", alert.Message, StringComparison.Ordinal);
        Assert.All(World.Queues, queue => Assert.Contains($"\"queue_name\": \"{queue.Title}\"", alert.Message, StringComparison.Ordinal));
        Assert.Contains("\"oldest_message_age_seconds\": 86400", alert.Message, StringComparison.Ordinal);
        Assert.Contains("\"oldest_message_age_seconds\": \"unknown\"", alert.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_told_is_not_repeated_by_another_process_and_recovery_is_told_once()
    {
        await World.SendAsync(World.DeadLetters, 3);
        Assert.Equal(1, await RunInAProcessOfItsOwnAsync());
        Assert.Single(await World.InboxAsync());

        Assert.Equal(0, await RunInAProcessOfItsOwnAsync());
        await World.SendAsync(World.DeadLetters, 2);
        Assert.Equal(0, await RunInAProcessOfItsOwnAsync());
        Assert.Empty(await World.InboxAsync());

        await World.SendAsync(World.DeadLetters, 1);
        Assert.Equal(1, await RunInAProcessOfItsOwnAsync());
        Assert.Contains("WARNING: 6 messages", Assert.Single(await World.InboxAsync()).Message, StringComparison.Ordinal);

        await World.EmptyAsync(World.DeadLetters);
        Assert.Equal(0, await RunInAProcessOfItsOwnAsync());
        Assert.Equal("Queue Health Recovered", Assert.Single(await World.InboxAsync()).Subject);

        Assert.Equal(0, await RunInAProcessOfItsOwnAsync());
        Assert.Empty(await World.InboxAsync());
    }

    [Fact]
    public async Task Two_runs_at_once_tell_once()
    {
        await World.SendAsync(World.DeadLetters, 3);
        // The first claim is held until both have read the state and come with a claim of their own.
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var claims = 0;
        _rig.Dynamo.Intercept = async call =>
        {
            if (call.Operation == "PutItem" && Interlocked.Increment(ref claims) == 2)
                both.SetResult();
            if (call.Operation == "PutItem")
                await both.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return await call.ForwardAsync();
        };
        _rig.StartFunction();
        _rig.StartFunction();

        var bodies = await Task.WhenAll(_rig.RunAsync(), _rig.RunAsync());

        Assert.Single(await World.InboxAsync());
        Assert.Equal([0, 1], bodies.Select(body => body.GetProperty("alerts_sent").GetInt32()).Order());
        Assert.All(bodies, body => Assert.Single(body.GetProperty("issues").EnumerateArray()));
    }

    [Fact]
    public async Task A_run_that_dies_before_it_noted_what_it_told_is_made_up_for()
    {
        await World.SendAsync(World.DeadLetters, 3);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.Sns.Intercept = async call =>
        {
            told.TrySetResult();
            return await call.HangAsync(); // the run never hears whether it was published
        };
        var dying = _rig.StartFunction();
        _rig.Invoke(timeout: TimeSpan.FromSeconds(8));
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await dying.KillAsync();
        _rig.Sns.Intercept = call => call.ForwardAsync();
        _rig.StartFunction();

        // Until the dead run's time is over it may be alive for all that others know.
        await Eventually.BecomesTrueAsync(
            async () => (await _rig.RunAsync()).GetProperty("alerts_sent").GetInt32() == 1, "told by another run", TimeSpan.FromSeconds(30));

        Assert.Single(await World.InboxAsync());
        Assert.Equal(0, (await _rig.RunAsync()).GetProperty("alerts_sent").GetInt32());
    }

    [Theory]
    [InlineData("QUIZASPIRE_DLQ_THRESHOLD")]
    [InlineData("QUIZASPIRE_QUEUE_THRESHOLD")]
    [InlineData("AWS__Resources__SqsQueueUrl")]
    [InlineData("AWS__Resources__DlqUrl")]
    [InlineData("AWS__Resources__StatisticsRequestsQueueUrl")]
    [InlineData("AWS__Resources__StatisticsRequestsDlqUrl")]
    [InlineData("AWS__Resources__StatisticsCompletedQueueUrl")]
    [InlineData("AWS__Resources__StatisticsCompletedDlqUrl")]
    [InlineData("AWS__Resources__SnsTopicArn")]
    [InlineData("AWS__Resources__HealthStateTableName")]
    public async Task A_missing_variable_ends_the_process_with_its_name(string variable)
    {
        _rig.Environment.Remove(variable);
        var function = _rig.StartFunction();

        Assert.Equal(1, await function.ExitCodeAsync());
        Assert.Contains("The function cannot start", function.Output, StringComparison.Ordinal);
        Assert.Contains(variable, function.Output, StringComparison.Ordinal);
    }

    private async Task<int> RunInAProcessOfItsOwnAsync()
    {
        await using var function = FunctionProcess.Start(_rig.Environment);
        return (await _rig.RunAsync()).GetProperty("alerts_sent").GetInt32();
    }

    private static (string Name, int Available, int InFlight, int Delayed, int? Age) Metrics(JsonElement queue) => (
        queue.GetProperty("queue_name").GetString()!,
        queue.GetProperty("messages_available").GetInt32(),
        queue.GetProperty("messages_in_flight").GetInt32(),
        queue.GetProperty("messages_delayed").GetInt32(),
        queue.GetProperty("oldest_message_age_seconds") is { ValueKind: JsonValueKind.Number } age ? age.GetInt32() : null);
}
