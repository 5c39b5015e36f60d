using Microsoft.AspNetCore.Http;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Functions;
using QuizAspire.Tests.Health;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Statistics.Functions;

/// <summary>What becomes of a sheet when S3 fails the calculator: it is read later, or from where it was, and nothing is lost.</summary>
[Collection(UsesSqsAndDynamo.Name)]
public sealed class SheetFaultTests(LocalSqs sqs, LocalDynamo dynamo) : IAsyncLifetime
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
        Assert.Equal((StatisticsJobStatus.Failed, "The file is larger than 1 GiB."), (job.Status, job.Reason));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Statistics_that_another_delivery_is_writing_at_this_moment_are_written_or_given_back(int conflicts, bool written)
    {
        var writes = 0;
        _rig.S3.Intercept = call => call.Method == "PUT" && Interlocked.Increment(ref writes) <= conflicts
            ? call.RefuseAsync("ConditionalRequestConflict", 409)
            : call.ForwardAsync();
        _rig.StartCalculator();
        var request = await _rig.AddSheetAsync();

        Assert.Equal(written ? [] : [request.MessageId], await _rig.CalculateAsync(request));

        Assert.Equal(4, writes);
        Assert.Equal(written, await _rig.Reports.FindAsync(StatisticsRig.IdOf(request), default) is not null);
        Assert.Equal(written ? StatisticsJobStatus.Completed : StatisticsJobStatus.Running, (await _rig.JobAsync(request)).Status);
    }
}
