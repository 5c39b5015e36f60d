using Amazon.CloudWatch;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using QuizAspire.Core.Health;
using QuizAspire.Functions.HealthCheck;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Health;

/// <summary>Days of a health check against the emulators, each run composed anew as in a new process.</summary>
[Collection(UsesSqsAndDynamo.Name)]
public sealed class HealthCheckHistoryTests(LocalSqs sqs, LocalDynamo dynamo) : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly ManualTime _time = ManualTime.AtNoon();
    private HealthWorld _world = null!;

    public async Task InitializeAsync() => _world = await HealthWorld.CreateAsync(sqs, dynamo);

    public Task DisposeAsync()
    {
        _world.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task An_alert_is_repeated_when_the_count_has_doubled_when_another_queue_joins_and_after_a_day()
    {
        await _world.SendAsync(_world.DeadLetters, 3);
        Assert.Equal(["WARNING: 3 messages in Dead Letter Queue"], await RunAsync());
        Assert.Empty(await RunAsync());

        await _world.SendAsync(_world.DeadLetters, 2);
        Assert.Empty(await RunAsync());
        await _world.SendAsync(_world.DeadLetters, 1);
        Assert.Equal(["WARNING: 6 messages in Dead Letter Queue"], await RunAsync());

        await _world.SendAsync(_world.Requests, 4);
        Assert.Equal(
            ["WARNING: 6 messages in Dead Letter Queue", $"WARNING: High message count in queue {_world.Requests.Title}: 4"], await RunAsync());

        await _world.EmptyAsync(_world.DeadLetters);
        Assert.Equal([$"WARNING: High message count in queue {_world.Requests.Title}: 4"], await RunAsync());

        _time.Advance(TimeSpan.FromHours(23));
        Assert.Empty(await RunAsync());
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([$"WARNING: High message count in queue {_world.Requests.Title}: 4"], await RunAsync());

        await _world.EmptyAsync(_world.Requests);
        Assert.Equal(["Every queue is within its thresholds again."], await RunAsync());
        _time.Advance(TimeSpan.FromHours(48));
        Assert.Empty(await RunAsync());
    }

    [Fact]
    public async Task A_failure_that_lasts_is_told_once_a_day()
    {
        await _world.DeleteAsync(_world.Requests);
        var told = new List<int>();
        for (var hour = 0; hour < 30; hour++, _time.Advance(TimeSpan.FromHours(1) - Interval))
        {
            await Assert.ThrowsAsync<QueueCheckException>(RunAsync);
            if ((await _world.InboxAsync()).Count == 1)
                told.Add(hour);
        }

        Assert.Equal([0, 24], told);
    }

    /// <summary>Runs it five minutes after the last one; returns the lines of the alert that say what is the matter, if there was one.</summary>
    private async Task<IReadOnlyList<string>> RunAsync()
    {
        _time.Advance(Interval);
        using var cloudWatch = new AmazonCloudWatchClient(
            new BasicAWSCredentials("local", "local"), new AmazonCloudWatchConfig { ServiceURL = "http://127.0.0.1:9", MaxErrorRetry = 0 });
        var check = HealthCheckFunction.Compose(
            new HealthCheckClients(_world.Sqs, cloudWatch, dynamo.Client, _world.Sns), _world.Queues, new HealthThresholds(2, 3),
            _world.TopicArn, _world.StateTable, _time);

        await check.RunAsync(Guid.NewGuid().ToString(), TimeSpan.FromSeconds(30), NullLogger.Instance);

        return (await _world.InboxAsync()).SingleOrDefault() is { } alert
            ? [.. alert.Message.Split('\n').Where(line =>
                line.StartsWith("WARNING", StringComparison.Ordinal) || line.StartsWith("Every", StringComparison.Ordinal))]
            : [];
    }
}
