using System.Collections.Concurrent;
using System.Diagnostics;
using Amazon.Runtime;
using Amazon.SimpleNotificationService.Model;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Embedded.Templates;
using QuizAspire.AppHost.Monitoring.Inbox;
using QuizAspire.AppHost.Monitoring.Telemetry;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Monitoring;

/// <summary>From a publication to the box, by the real emulator.</summary>
public sealed class InboxPollerTests : IAsyncLifetime, IDisposable
{
    private const string Topic = "arn:aws:sns:us-west-1:000000000000:told";

    private const string Template = """
        {"Resources":{
          "T":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":"told"}},
          "Quiet":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":"quiet"}},
          "M":{"Type":"AWS::SNS::Subscription","Properties":{"TopicArn":{"Ref":"T"},"Protocol":"email","Endpoint":"a@quiz.example"}}}}
        """;

    private readonly NotificationBox _box = new();
    private readonly ResourceTelemetry _telemetry = new($"inbox-{Guid.NewGuid():N}");
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly CancellationTokenSource _stopping = new();
    private Emulator _emulator = null!;
    private Task _polling = Task.CompletedTask;

    public async Task InitializeAsync() => _emulator = await Emulator.StartAsync("fauxqs");

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _polling.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await _emulator.DisposeAsync();
        await _telemetry.DisposeAsync();
    }

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task What_is_published_arrives_with_subject_and_body()
    {
        await ProvisionAsync();
        Poll();

        var sent = await Clients().Sns.PublishAsync(Topic, "Visible: 11\n\"quoted\" and ü", "Quiz queue alert");

        await ArrivedAsync(1);
        var arrived = Assert.Single(_box.Page(10, before: null).Notifications);
        Assert.Equal(("told", "Quiz queue alert", "Visible: 11\n\"quoted\" and ü"), (arrived.Topic, arrived.Subject, arrived.Message));
        Assert.Equal(sent.MessageId, arrived.MessageId);
        Assert.InRange(TimeProvider.System.GetUtcNow() - arrived.SentAt, TimeSpan.FromSeconds(-5), TimeSpan.FromMinutes(1));
        Assert.Empty(_failures);
    }

    [Fact]
    public async Task Arrival_is_in_the_trace_of_what_was_published()
    {
        using var spans = RecordedSpans.OfSource(_telemetry.Spans.Name);
        await ProvisionAsync();
        Poll();

        await Clients().Sns.PublishAsync(new PublishRequest(Topic, "text")
        {
            MessageAttributes = new()
            {
                ["traceparent"] = new() { DataType = "String", StringValue = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" },
            },
        });

        await spans.EndedAsync("process quiz-inbox-told");
        var process = spans.One("process quiz-inbox-told");
        Assert.Equal(
            (ActivityKind.Consumer, "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"),
            (process.Kind, process.TraceId.ToHexString(), process.ParentSpanId.ToHexString()));
    }

    [Fact]
    public async Task Subscription_made_again_delivers_once()
    {
        await ProvisionAsync();
        await ProvisionAsync();
        Poll();
        await Clients().Sns.PublishAsync(Topic, "once");
        await Clients().Sns.PublishAsync(Topic, "last");

        await ArrivedAsync(2);

        Assert.Equal(
            ["last", "once"], _box.Page(10, before: null).Notifications.Select(one => one.Message).OrderBy(text => text, StringComparer.Ordinal));
        Assert.Equal(2, _box.Arrived);
    }

    /// <summary>In memory nothing is left then: neither topic nor queue nor subscription.</summary>
    [Fact]
    public async Task Emulator_that_starts_anew_and_is_provisioned_again_still_delivers()
    {
        await ProvisionAsync();
        Poll();
        await Clients().Sns.PublishAsync(Topic, "before");
        await ArrivedAsync(1);

        await _emulator.KillAsync();
        await Eventually.BecomesTrueAsync(() => Task.FromResult(!_failures.IsEmpty), "the loss noticed");
        _emulator = await Emulator.StartAsync("fauxqs", port: _emulator.Port);
        await ProvisionAsync();
        await Clients().Sns.PublishAsync(Topic, "after");

        await ArrivedAsync(2);
        Assert.Equal(["after", "before"], _box.Page(10, before: null).Notifications.Select(one => one.Message));
        Assert.Equal("told", Assert.Single(_failures));
    }

    [Fact]
    public async Task Only_topics_with_a_mail_address_have_a_queue()
    {
        var report = await ProvisionAsync();

        Assert.Contains(report.Lines(), line => line is { Warning: false } && line.Text ==
            "AWS::SNS::Subscription stack-M: created (the queue quiz-inbox-told takes its messages for AppHost's inbox, and no mail is sent)");
        Assert.NotNull((await Clients().Sqs.GetQueueUrlAsync("quiz-inbox-told")).QueueUrl);
        await Assert.ThrowsAsync<Amazon.SQS.Model.QueueDoesNotExistException>(() => Clients().Sqs.GetQueueUrlAsync("quiz-inbox-quiet"));
    }

    private Task<ProvisioningReport> ProvisionAsync()
    {
        var plan = StackPlanner.Plan(Template, "stack", new EmulatorAddresses(_emulator.Port, 1));
        return new StackProvisioner(TimeProvider.System).ProvisionAsync(plan, TimeSpan.FromSeconds(30), CancellationToken.None);
    }

    private void Poll()
    {
        var poller = new InboxPoller(
            Clients(), (planned, _) => ValueTask.FromResult(planned), _box, TimeProvider.System, _telemetry.Spans,
            _ => Task.CompletedTask, (topic, _) => _failures.Enqueue(topic));
        _polling = poller.RunAsync(Topic, _stopping.Token);
    }

    private AwsClients Clients() => AwsClients.At(
        $"http://127.0.0.1:{_emulator.Port}", "http://127.0.0.1:1", PseudoParameters.Region, new BasicAWSCredentials("test", "test"));

    private Task ArrivedAsync(int count) => Eventually.BecomesTrueAsync(() => Task.FromResult(_box.Arrived >= count), $"{count} arrived");
}
