using Microsoft.AspNetCore.Http;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Statistics.Storage;
using QuizAspire.Core.Statistics.Summary;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Functions;
using QuizAspire.Tests.Health;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Statistics.Functions;

/// <summary>What the functions do when a service fails them: each record gets its own outcome, and nothing is lost.</summary>
[Collection(UsesSqsAndDynamo.Name)]
public sealed class StatisticsFaultTests(LocalSqs sqs, LocalDynamo dynamo) : IAsyncLifetime
{
    /// <summary>A function's timeout that ends while the client alone would go on: S3 has 20 s to begin with an object, and for each piece of it.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(10);

    private StatisticsRig _rig = null!;

    public async Task InitializeAsync() => _rig = await StatisticsRig.CreateAsync(sqs, dynamo);

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Theory]
    [InlineData("SlowDown", 503)]
    [InlineData("InternalError", 500)]
    public async Task A_busy_s3_is_waited_out(string code, int status)
    {
        var (reads, writes) = (0, 0);
        _rig.S3.Intercept = call => Interlocked.Increment(ref call.Method == "GET" ? ref reads : ref writes) <= 2
            ? call.RefuseAsync(code, status)
            : call.ForwardAsync();
        _rig.StartCalculator();
        var request = await _rig.AddSheetAsync();

        Assert.Empty(await _rig.CalculateAsync(request));

        Assert.Equal((3, 3), (reads, writes));
        Assert.Equal(StatisticsJobStatus.Completed, (await _rig.JobAsync(request)).Status);
    }

    [Theory]
    [InlineData("down")]
    [InlineData("silent")]
    [InlineData("slow")]
    public async Task A_sheet_that_s3_does_not_give_comes_back_in_time_and_is_read_later(string s3)
    {
        var request = await _rig.AddSheetAsync();
        _rig.S3.Intercept = async call =>
        {
            if (s3 == "down")
                await call.RefuseAsync("ServiceUnavailable", 503);
            if (s3 == "slow")
            {
                call.Http.Response.ContentLength = 1_000_000;
                await call.Http.Response.WriteAsync("Quiz1,");
                await call.Http.Response.Body.FlushAsync();
            }

            if (s3 != "down")
                await call.HangAsync();
        };
        var calculator = _rig.StartCalculator();
        var invocation = _rig.Calculator.Invoke(SqsEvents.Of(request), Short);

        Assert.Equal([request.MessageId], (await invocation.Answer).Failures);

        Assert.InRange(invocation.Took, TimeSpan.Zero, TimeSpan.FromSeconds(18));
        Assert.Equal(StatisticsJobStatus.Running, (await _rig.JobAsync(request)).Status);
        await calculator.SaysAsync("the score sheet could not be read");

        _rig.S3.Intercept = call => call.ForwardAsync();
        Assert.Empty(await _rig.CalculateAsync(request with { Receive = 2 }));
        Assert.Single(await _rig.CompletedAsync());
    }

    [Fact]
    public async Task A_sheet_that_is_not_there_fails_the_job_at_last_and_a_redrive_completes_it()
    {
        var job = StatisticsRig.NewJob();
        var request = StatisticsRig.DeliveryOf(job) with { Receive = StatisticsRig.MaxReceiveCount };
        _rig.StartCalculator();

        Assert.Equal([request.MessageId], await _rig.CalculateAsync(request));

        var failed = await _rig.JobAsync(request);
        Assert.Equal(
            (StatisticsJobStatus.Failed, "the score sheet could not be read: S3 answered NoSuchKey", null),
            (failed.Status, failed.Reason, failed.Result));
        Assert.Empty(await _rig.CompletedAsync());

        await _rig.PutSheetAsync(job.ObjectKey, StatisticsRig.Sheet);
        Assert.Empty(await _rig.CalculateAsync(request with { Receive = 1, MessageId = "redriven" }));
        var completed = await _rig.JobAsync(request);
        Assert.Equal((StatisticsJobStatus.Completed, null), (completed.Status, completed.Reason));
        Assert.Single(await _rig.CompletedAsync());
    }

    [Fact]
    public async Task A_download_that_breaks_goes_on_from_where_it_was()
    {
        var lines = Enumerable.Range(0, 100_000).Select(n => $"Quiz{n % 7},{n % 101}\n").ToList();
        var calls = new List<(string Range, bool OfTheSame)>();
        _rig.S3.Intercept = call =>
        {
            if (call.Method != "GET")
                return call.ForwardAsync();

            calls.Add((call.Range, call.IfMatch.Length > 0));
            return calls.Count <= 3 ? call.BreakAfterAsync(200_000) : call.ForwardAsync();
        };
        _rig.StartCalculator();
        var request = await _rig.AddSheetAsync(string.Concat(lines));

        Assert.Empty(await _rig.CalculateAsync(request));

        Assert.Equal([("", false), ("bytes=200000-", true), ("bytes=400000-", true), ("bytes=600000-", true)], calls);
        var report = await _rig.Reports.FindAsync(StatisticsRig.IdOf(request), default);
        Assert.Equal(lines.Count, report!.Result!.LinesCounted);
        Assert.Equal(Enumerable.Range(0, lines.Count).Sum(n => n % 101), decimal.Round(report.Result.Overall.Mean!.Value * lines.Count));
    }

    [Fact]
    public async Task A_sheet_that_changes_while_it_is_read_is_read_again_from_its_beginning()
    {
        var request = await _rig.AddSheetAsync(string.Concat(Enumerable.Repeat("Old,1\n", 100_000)));
        var key = Json.Of(request.Body).GetProperty("object_key").GetString()!;
        var broken = false;
        _rig.S3.Intercept = async call =>
        {
            if (call.Method != "GET" || broken)
            {
                await call.ForwardAsync();
                return;
            }

            broken = true;
            await _rig.PutSheetAsync(key, string.Concat(Enumerable.Repeat("New,2\n", 100_000)));
            await call.BreakAfterAsync(1000);
        };
        _rig.StartCalculator();

        _ = await _rig.CalculateAsync(request);
        Assert.Empty(await _rig.CalculateAsync(request with { Receive = 2 }));

        var report = await _rig.Reports.FindAsync(StatisticsRig.IdOf(request), default);
        var quiz = Assert.Single(report!.Result!.Quizzes);
        Assert.Equal(("New", 100_000), (quiz.QuizId, quiz.Scores.Count));
    }

    [Fact]
    public async Task A_sheet_over_a_gigabyte_is_refused_without_reading_it()
    {
        _rig.S3.Intercept = async call =>
        {
            if (call.Method == "GET")
            {
                call.Http.Response.ContentLength = SheetLimits.SheetBytes + 1;
                await call.Http.Response.Body.FlushAsync();
                await call.HangAsync();
            }

            await call.ForwardAsync();
        };
        _rig.StartCalculator();
        var request = await _rig.AddSheetAsync();

        Assert.Empty(await _rig.CalculateAsync(request));

        var job = await _rig.JobAsync(request);
        Assert.Equal((StatisticsJobStatus.Failed, "the sheet is larger than 1 GiB"), (job.Status, job.Reason));
    }

    [Theory]
    [InlineData(":started_at")]
    [InlineData(":result_written")]
    public async Task A_table_that_is_down_gives_the_request_back(string at)
    {
        var down = true;
        _rig.Dynamo.Intercept = call => down && call.Operation == "UpdateItem" && call.Body.Contains(at, StringComparison.Ordinal)
            ? Task.FromResult(AwsAnswer.JsonError("AccessDeniedException"))
            : call.ForwardAsync();
        _rig.StartCalculator();
        var request = await _rig.AddSheetAsync();

        Assert.Equal([request.MessageId], await _rig.CalculateAsync(request with { Receive = StatisticsRig.MaxReceiveCount }));
        Assert.Empty(await _rig.CompletedAsync());
        Assert.Equal(
            (StatisticsJobStatus.Failed, true),
            ((await _rig.JobAsync(request)).Status, (await _rig.JobAsync(request)).Reason!.Contains("AccessDenied", StringComparison.Ordinal)));

        down = false;
        Assert.Empty(await _rig.CalculateAsync(request with { Receive = 1 }));
        Assert.Equal(StatisticsJobStatus.Completed, (await _rig.JobAsync(request)).Status);
        Assert.Single(await _rig.CompletedAsync());
    }

    [Fact]
    public async Task Statistics_that_cannot_be_announced_stay_completed_and_are_announced_by_a_redrive()
    {
        var down = true;
        _rig.Sqs.Intercept = call => down
            ? Task.FromResult(AwsAnswer.JsonError("AccessDenied", 403))
            : call.ForwardAsync();
        _rig.StartCalculator();
        var request = await _rig.AddSheetAsync();

        Assert.Equal([request.MessageId], await _rig.CalculateAsync(request with { Receive = StatisticsRig.MaxReceiveCount }));
        Assert.Equal((StatisticsJobStatus.Completed, null), ((await _rig.JobAsync(request)).Status, (await _rig.JobAsync(request)).Reason));

        down = false;
        Assert.Empty(await _rig.CalculateAsync(request with { Receive = 1 }));
        Assert.Single(await _rig.CompletedAsync());
    }

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
