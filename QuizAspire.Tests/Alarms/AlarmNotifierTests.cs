using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.AppHost.Monitoring.Alarms;
using QuizAspire.AppHost.Monitoring.Telemetry;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Alarms;

/// <summary>Notifications through the real fauxqs.</summary>
public sealed class AlarmNotifierTests(EmbeddedAws aws) : IClassFixture<EmbeddedAws>, IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly LogLines _log = new();
    private readonly string _topicName = $"alerts-{Guid.NewGuid():N}";
    private readonly AmazonSimpleNotificationServiceClient _sns = new(Credentials, new AmazonSimpleNotificationServiceConfig
    {
        ServiceURL = aws.Addresses.SqsSnsS3,
        AuthenticationRegion = "us-west-1",
        MaxErrorRetry = 0,
    });
    private readonly AmazonSQSClient _sqs = new(
        Credentials, new AmazonSQSConfig { ServiceURL = aws.Addresses.SqsSnsS3, AuthenticationRegion = "us-west-1", MaxErrorRetry = 0 });
    private readonly ResourceTelemetry _telemetry = new($"alarm-{Guid.NewGuid():N}");
    private Task _running = Task.CompletedTask;

    private static BasicAWSCredentials Credentials => new("a", "b");

    private string TopicArn => $"arn:aws:sns:us-west-1:000000000000:{_topicName}";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        await _telemetry.DisposeAsync();
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _sns.Dispose();
        _sqs.Dispose();
    }

    [Fact]
    public async Task Transition_reaches_the_topics_subscribers_with_subject_and_message()
    {
        var queue = await SubscribedQueueAsync();
        var notifier = Start([]);

        notifier.Tell(Transition(AlarmState.Alarm));

        var envelope = Json.Of(await ReceiveAsync(queue));
        Assert.StartsWith("ALARM: \"quiz-queue-depth-high\" in ", envelope.GetProperty("Subject").GetString(), StringComparison.Ordinal);
        var message = Json.Of(envelope.GetProperty("Message").GetString()!);
        Assert.Equal("ALARM", message.GetProperty("NewStateValue").GetString());
        Assert.Equal(TopicArn, message.GetProperty("AlarmActions")[0].GetString());
        // The message may arrive before the publisher has its answer.
        await LoggedAsync("Information: quiz-queue-depth-high: ALARM was told");
    }

    [Fact]
    public async Task Notification_is_in_a_trace_that_begins_with_the_alarm()
    {
        using var spans = RecordedSpans.OfSource(_telemetry.Spans.Name);
        var queue = await SubscribedQueueAsync();

        Start([]).Tell(Transition(AlarmState.Alarm));

        var attributes = Json.Of(await ReceiveAsync(queue)).GetProperty("MessageAttributes");
        await spans.EndedAsync("alarm quiz-queue-depth-high");
        var (alarm, publish) = (spans.One("alarm quiz-queue-depth-high"), spans.One($"publish {_topicName}"));
        Assert.Equal((default, alarm.SpanId), (alarm.ParentSpanId, publish.ParentSpanId));
        Assert.Equal(("ALARM", "INSUFFICIENT_DATA"), (alarm.GetTagItem("quizaspire.alarm.state"), alarm.GetTagItem("quizaspire.alarm.previous_state")));
        Assert.Equal(AlarmCases.Noon.UtcDateTime, alarm.StartTimeUtc);
        Assert.Equal(
            $"00-{publish.TraceId}-{publish.SpanId}-01", attributes.GetProperty("traceparent").GetProperty("Value").GetString());
    }

    [Fact]
    public async Task Alarm_that_tells_nobody_is_no_trace()
    {
        using var spans = RecordedSpans.OfSource(_telemetry.Spans.Name);
        var queue = await SubscribedQueueAsync();
        var notifier = Start([]);
        var silent = Transition(AlarmState.Ok);

        notifier.Tell(silent with { Alarm = silent.Alarm with { OkActions = [] } });
        notifier.Tell(Transition(AlarmState.Alarm));

        await ReceiveAsync(queue);
        await spans.EndedAsync("alarm quiz-queue-depth-high");
        Assert.Equal("ALARM", spans.One("alarm quiz-queue-depth-high").GetTagItem("quizaspire.alarm.state"));
    }

    [Fact]
    public async Task What_fails_is_repeated_until_the_topic_is_there()
    {
        var notifier = Start([.. Enumerable.Repeat(TimeSpan.FromMilliseconds(100), 200)]);

        notifier.Tell(Transition(AlarmState.Alarm));
        await LoggedAsync("could not be told");
        await SubscribedQueueAsync();

        await LoggedAsync("was told");
    }

    [Fact]
    public async Task What_fails_for_good_is_given_up_with_an_error_and_the_next_is_told()
    {
        var queue = await SubscribedQueueAsync();
        var notifier = Start([TimeSpan.Zero, TimeSpan.Zero]);
        var lost = Transition(AlarmState.Alarm);

        notifier.Tell(lost with { Alarm = lost.Alarm with { AlarmActions = [TopicArn + "-not-there"] } });
        notifier.Tell(Transition(AlarmState.Ok));

        Assert.Contains("\\\"NewStateValue\\\":\\\"OK\\\"", await ReceiveAsync(queue), StringComparison.Ordinal);
        Assert.Equal(2, _log.Lines.Count(line => line.StartsWith("Warning: ", StringComparison.Ordinal)
            && line.Contains("quiz-queue-depth-high: ALARM could not be told", StringComparison.Ordinal)));
        Assert.Contains(_log.Lines, line => line.StartsWith("Error: quiz-queue-depth-high: ALARM was NOT told", StringComparison.Ordinal)
            && line.Contains("after 3 attempts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Actions_of_other_services_are_named_and_left()
    {
        var queue = await SubscribedQueueAsync();
        var transition = Transition(AlarmState.Alarm);
        var notifier = Start([]);

        notifier.Tell(transition with
        {
            Alarm = transition.Alarm with { AlarmActions = ["arn:aws:lambda:us-west-1:000000000000:function:f", TopicArn] },
        });

        await ReceiveAsync(queue);
        Assert.Contains(_log.Lines, line => line.Contains("function:f is not of SNS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_end_of_the_application_cuts_off_is_told_as_lost()
    {
        var notifier = Start([], (_, cancellation) => new ValueTask<string>(new TaskCompletionSource<string>().Task.WaitAsync(cancellation)));

        notifier.Tell(Transition(AlarmState.Alarm));
        notifier.Tell(Transition(AlarmState.Ok));
        await _stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);

        Assert.Equal(2, _log.Lines.Count(line => line.EndsWith("the application ends", StringComparison.Ordinal)));
    }

    private AlarmNotifier Start(IReadOnlyList<TimeSpan> pauses, Func<string, CancellationToken, ValueTask<string>>? resolve = null)
    {
        var notifier = new AlarmNotifier(_sns, resolve ?? ((planned, _) => ValueTask.FromResult(planned)), pauses, TimeProvider.System, _ => _log, _ => _telemetry);
        _running = notifier.RunAsync(_stopping.Token);
        return notifier;
    }

    private AlarmTransition Transition(AlarmState to) => new(
        AlarmCases.Alarm() with { AlarmActions = [TopicArn], OkActions = [TopicArn] },
        AlarmState.InsufficientData, to, "for a reason", AlarmCases.Noon, AlarmCases.Noon);

    private Task LoggedAsync(string text) => Eventually.BecomesTrueAsync(
        () => Task.FromResult(_log.Lines.Any(line => line.Contains(text, StringComparison.Ordinal))), $"a line with '{text}'");

    private async Task<string> SubscribedQueueAsync()
    {
        var topic = await _sns.CreateTopicAsync(new CreateTopicRequest(_topicName));
        var queue = await _sqs.CreateQueueAsync(new CreateQueueRequest(_topicName));
        await _sns.SubscribeAsync(new SubscribeRequest(topic.TopicArn, "sqs", $"arn:aws:sqs:us-west-1:000000000000:{_topicName}"));
        return queue.QueueUrl;
    }

    private async Task<string> ReceiveAsync(string queue)
    {
        var answer = await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest(queue) { WaitTimeSeconds = 15 });
        return Assert.Single(answer.Messages).Body;
    }
}
