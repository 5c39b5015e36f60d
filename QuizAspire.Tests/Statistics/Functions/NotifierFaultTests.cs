using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Statistics.Summary;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Functions;
using QuizAspire.Tests.Health;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Statistics.Functions;

/// <summary>What the notifier does when a service fails it: each record gets its own outcome, and nothing is lost.</summary>
[Collection(UsesSqsAndDynamo.Name)]
public sealed class NotifierFaultTests(LocalSqs sqs, LocalDynamo dynamo) : IAsyncLifetime
{
    private StatisticsRig _rig = null!;

    public async Task InitializeAsync() => _rig = await StatisticsRig.CreateAsync(sqs, dynamo);

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Theory]
    [InlineData("refuses")]
    [InlineData("hangs")]
    public async Task One_notification_that_sns_does_not_take_comes_back_alone(string sns)
    {
        Delivery[] messages =
        [
            await _rig.AddStatisticsAsync(Report(1)), await _rig.AddStatisticsAsync(Report(2)), await _rig.AddStatisticsAsync(Report(3)),
        ];
        var down = true;
        _rig.Sns.Intercept = call => !down || !call.Body.Contains(StatisticsRig.IdOf(messages[0]), StringComparison.Ordinal) ? call.ForwardAsync()
            : sns == "hangs" ? call.HangAsync()
            : Task.FromResult(AwsAnswer.XmlError("KMSAccessDenied"));
        _rig.StartNotifier();

        Assert.Equal([messages[0].MessageId], await _rig.NotifyAsync(messages, TimeSpan.FromSeconds(15)));

        Assert.Equal(2, (await _rig.InboxAsync()).Count);
        Assert.Null((await _rig.JobAsync(messages[0])).NotifiedAt);
        down = false;
        Assert.Empty(await _rig.NotifyAsync(messages[0] with { Receive = 2 }));
        Assert.Single(await _rig.InboxAsync());
    }

    [Fact]
    public async Task A_notification_that_cannot_be_noted_is_not_sent_over_and_over()
    {
        _rig.Dynamo.Intercept = call => call.Operation == "UpdateItem"
            ? Task.FromResult(AwsAnswer.JsonError("AccessDeniedException"))
            : call.ForwardAsync();
        var notifier = _rig.StartNotifier();
        var message = await _rig.AddStatisticsAsync(Report(1));

        Assert.Empty(await _rig.NotifyAsync(message));

        Assert.Single(await _rig.InboxAsync());
        await notifier.SaysAsync("could not be noted");
    }

    [Theory]
    [InlineData("table")]
    [InlineData("bucket")]
    public async Task Nothing_is_told_while_the_job_or_its_statistics_cannot_be_read(string down)
    {
        var isDown = true;
        _rig.Dynamo.Intercept = call => isDown && down == "table"
            ? Task.FromResult(AwsAnswer.JsonError("AccessDeniedException"))
            : call.ForwardAsync();
        _rig.S3.Intercept = call => isDown && down == "bucket" ? call.RefuseAsync("AccessDenied", 403) : call.ForwardAsync();
        _rig.StartNotifier();
        var message = await _rig.AddStatisticsAsync(Report(1));

        Assert.Equal([message.MessageId], await _rig.NotifyAsync(message with { Receive = StatisticsRig.MaxReceiveCount }));
        Assert.Empty(await _rig.InboxAsync());

        isDown = false;
        Assert.Empty(await _rig.NotifyAsync(message));
        Assert.Single(await _rig.InboxAsync());
    }

    [Fact]
    public async Task Statistics_that_are_not_there_are_told_once_they_are()
    {
        _rig.StartNotifier();
        var report = Report(1);
        var message = StatisticsRig.DeliveryOf(report.StatisticsId);

        Assert.Equal([message.MessageId], await _rig.NotifyAsync(message));

        await _rig.Reports.PutAsync(report, default);
        Assert.Empty(await _rig.NotifyAsync(message with { Receive = 2 }));
        Assert.Single(await _rig.InboxAsync());
    }

    private static StatisticsReport Report(int number) => StatisticsReport.Of(
        $"019aa8c2-3b7b-8d4e-9f00-00000000000{number}", new SheetOutcome(null, "the sheet is empty"));
}
