using System.Globalization;
using System.Text;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Statistics.Summary;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Functions;
using QuizAspire.Tests.Health;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Statistics.Functions;

/// <summary>From a sheet in its bucket to a message in the inbox, through both functions as processes.</summary>
[Collection(UsesSqsAndDynamo.Name)]
public sealed class StatisticsPipelineTests(LocalSqs sqs, LocalDynamo dynamo) : IAsyncLifetime
{
    private StatisticsRig _rig = null!;

    public async Task InitializeAsync() => _rig = await StatisticsRig.CreateAsync(sqs, dynamo);

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task The_originals_example_reaches_the_inbox()
    {
        _rig.StartCalculator();
        _rig.StartNotifier();
        var request = await _rig.AddSheetAsync();

        Assert.Empty(await _rig.CalculateAsync(request));

        var job = await _rig.JobAsync(request);
        Assert.Equal(
            (StatisticsJobStatus.Completed, new StatisticsJobResult(null, 3, 9, 0), null), (job.Status, job.Result, job.NotifiedAt));
        var report = Assert.IsType<StatisticsReport>(await _rig.Reports.FindAsync(job.StatisticsId, default));
        Assert.Equal(["Quiz1", "Quiz2", "Quiz3"], report.Result!.Quizzes.Select(quiz => quiz.QuizId));
        Assert.Equal(
            [(76m, 83.666667m, 90m), (78m, 83.666667m, 88m), (87m, 89.666667m, 92m)],
            report.Result.Quizzes.Select(quiz => (quiz.Scores.Minimum!.Value, quiz.Scores.Mean!.Value, quiz.Scores.Maximum!.Value)));

        Assert.Empty(await _rig.NotifyAsync([.. await _rig.CompletedAsync()]));

        var (subject, message) = Assert.Single(await _rig.InboxAsync());
        Assert.Equal("Quiz statistics: 3 quizzes, 9 scores", subject);
        Assert.Contains("Quiz2", message, StringComparison.Ordinal);
        Assert.Contains($"{StatisticsRig.ApiUrl}/statistics/{job.StatisticsId}", message, StringComparison.Ordinal);
        Assert.NotNull((await _rig.JobAsync(request)).NotifiedAt);
    }

    [Fact]
    public async Task A_sheet_that_is_no_csv_is_a_failed_job_and_its_teacher_is_told_why()
    {
        _rig.StartCalculator();
        _rig.StartNotifier();
        var request = await _rig.AddSheetAsync("PK\u0003\u0004 this is a spreadsheet");

        Assert.Empty(await _rig.CalculateAsync(request));
        Assert.Empty(await _rig.NotifyAsync([.. await _rig.CompletedAsync()]));

        var job = await _rig.JobAsync(request);
        Assert.Equal(StatisticsJobStatus.Failed, job.Status);
        var (subject, message) = Assert.Single(await _rig.InboxAsync());
        Assert.Equal("Quiz statistics: the score sheet could not be used", subject);
        Assert.Contains(job.Reason!, message, StringComparison.Ordinal);
        Assert.NotNull(job.Result);
    }

    [Fact]
    public async Task A_trusted_producers_message_is_a_job_of_its_own()
    {
        _rig.StartCalculator();
        await _rig.PutSheetAsync("results/today.csv", StatisticsRig.Sheet);
        var id = Guid.NewGuid().ToString();

        Assert.Empty(await _rig.CalculateAsync(new Delivery("", $$"""{"statistics_id": "{{id}}", "object_key": "results/today.csv"}""")));

        var job = Assert.IsType<StatisticsJob>(await _rig.Jobs.FindAsync(id, default));
        Assert.Equal((StatisticsSource.Csv, Delivery.SentAt, StatisticsJobStatus.Completed), (job.Source, job.SubmittedAt, job.Status));
    }

    [Fact]
    public async Task A_redelivered_request_changes_nothing_and_tells_nobody_twice()
    {
        _rig.StartCalculator();
        _rig.StartNotifier();
        var request = await _rig.AddSheetAsync();
        Assert.Empty(await _rig.CalculateAsync(request));
        var job = await _rig.JobAsync(request);
        var first = await _rig.CompletedAsync();

        Assert.Empty(await _rig.CalculateAsync(request with { Receive = 2 }));
        Assert.Equal(job, await _rig.JobAsync(request));
        Assert.Empty(await _rig.NotifyAsync([.. first, .. await _rig.CompletedAsync()]));
        Assert.Single(await _rig.InboxAsync());

        Assert.Empty(await _rig.CalculateAsync(request with { Receive = 3 }));
        Assert.Empty(await _rig.CompletedAsync());
        Assert.Equal(1, await _rig.StatisticsObjectsAsync());
    }

    [Fact]
    public async Task Another_sheet_under_the_same_id_fails_and_changes_nothing()
    {
        _rig.StartCalculator();
        var request = await _rig.AddSheetAsync();
        Assert.Empty(await _rig.CalculateAsync(request));
        var job = await _rig.JobAsync(request);
        var other = await _rig.AddSheetAsync("Other,1\n");
        var impostor = other with
        {
            Body = other.Body.Replace(StatisticsRig.IdOf(other), StatisticsRig.IdOf(request), StringComparison.Ordinal),
            Receive = StatisticsRig.MaxReceiveCount,
        };

        Assert.Equal([impostor.MessageId], await _rig.CalculateAsync(impostor));

        Assert.Equal(job, await _rig.JobAsync(request));
    }

    [Fact]
    public async Task Messages_that_are_none_come_back_alone_and_nothing_of_them_is_logged()
    {
        var notifier = _rig.StartNotifier();
        var calculator = _rig.StartCalculator();
        var good = await _rig.AddStatisticsAsync(Report("019aa8c2-3b7b-8d4e-9f00-0123456789ab"));
        Delivery[] bad = [new("", "secret {"), new("", """{"statistics_id": "secret"}""") { MessageId = "b" }, new("", "")];

        Assert.Equal(bad.Select(delivery => delivery.MessageId), await _rig.NotifyAsync(bad[0], good, bad[1], bad[2]));
        Assert.Single(await _rig.InboxAsync());

        foreach (var delivery in bad)
            Assert.Equal([delivery.MessageId], await _rig.CalculateAsync(delivery with { Receive = StatisticsRig.MaxReceiveCount }));
        await notifier.SaysAsync("batch records=4 failures=3");
        await calculator.SaysAsync("batch records=1 failures=1", times: bad.Length);
        Assert.Contains("failed for good", calculator.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", notifier.Output + calculator.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_twice_in_a_batch_is_told_once()
    {
        _rig.StartNotifier();
        var message = await _rig.AddStatisticsAsync(Report("019aa8c2-3b7b-8d4e-9f00-0123456789ac"));

        Assert.Empty(await _rig.NotifyAsync(message, message with { MessageId = "again" }, message));

        Assert.Single(await _rig.InboxAsync());
    }

    [Fact]
    public async Task Two_calculators_with_one_request_at_once_leave_one_result()
    {
        _rig.StartCalculator();
        _rig.StartCalculator();
        _rig.StartNotifier();
        // Both puts are held until both have come, so that they meet in the bucket.
        var (arrived, open) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _rig.S3.Intercept = async call =>
        {
            if (call.Method == "PUT")
            {
                if (Interlocked.Increment(ref arrived) == 2)
                    open.SetResult();
                await open.Task.WaitAsync(TimeSpan.FromSeconds(30));
            }

            await call.ForwardAsync();
        };
        var request = await _rig.AddSheetAsync();

        var failures = await Task.WhenAll(_rig.CalculateAsync(request), _rig.CalculateAsync(request with { Receive = 2 }));

        Assert.All(failures, Assert.Empty);
        Assert.Equal(1, await _rig.StatisticsObjectsAsync());
        Assert.Equal(StatisticsJobStatus.Completed, (await _rig.JobAsync(request)).Status);
        Assert.Empty(await _rig.NotifyAsync([.. await _rig.CompletedAsync()]));
        Assert.Single(await _rig.InboxAsync());
    }

    [Fact]
    public async Task A_thousand_quizzes_with_long_names_in_any_script_reach_the_inbox_in_one_message()
    {
        _rig.StartCalculator();
        _rig.StartNotifier();
        var name = string.Concat(Enumerable.Repeat("測驗😀é", 49));
        var request = await _rig.AddSheetAsync(string.Concat(Enumerable.Range(0, 1000).Select(n => $"{name}{n},50.5,60\n")));

        Assert.Empty(await _rig.CalculateAsync(request));
        Assert.Empty(await _rig.NotifyAsync([.. await _rig.CompletedAsync()]));

        var (subject, message) = Assert.Single(await _rig.InboxAsync());
        Assert.Equal("Quiz statistics: 1,000 quizzes, 2,000 scores", subject);
        Assert.InRange(Encoding.UTF8.GetByteCount(message), 200_000, 256 * 1024);
        Assert.Contains(" more, in the full result", message, StringComparison.Ordinal);
        Assert.Contains("All quizzes", message, StringComparison.Ordinal);
        Assert.EndsWith($"/statistics/{StatisticsRig.IdOf(request)}\n", message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_million_lines_are_counted_in_150_MB_at_most()
    {
        const int lines = 1_000_000;
        var sheet = new StringBuilder();
        for (var n = 0; n < lines; n++)
            sheet.Append(CultureInfo.InvariantCulture, $"Quiz{n % 50},{n % 101},{n % 7}.25\n");
        var request = await _rig.AddLargeSheetAsync(Encoding.UTF8.GetBytes(sheet.ToString()));
        var calculator = _rig.StartCalculator();

        Assert.Empty(await _rig.CalculateAsync(request));

        Assert.InRange(await calculator.PeakMemoryAsync(), 1, 150_000_000);
        var result = (await _rig.Reports.FindAsync(StatisticsRig.IdOf(request), default))!.Result!;
        Assert.Equal((lines, 2L * lines, 50), (result.LinesCounted, result.Overall.Count, result.Quizzes.Count));
        var sum = Enumerable.Range(0, lines).Sum(n => n % 101 + n % 7 + 0.25m);
        Assert.Equal(decimal.Round(sum / (2 * lines), 6), result.Overall.Mean);
        Assert.All(result.Quizzes, quiz => Assert.Equal((2L * lines / 50, 0m, 100m), (quiz.Scores.Count, quiz.Scores.Minimum, quiz.Scores.Maximum)));
    }

    [Theory]
    [InlineData("statistics-calculator", "QUIZASPIRE_MAX_RECEIVE_COUNT")]
    [InlineData("statistics-calculator", "AWS__Resources__RawScoresBucketName")]
    [InlineData("statistics-calculator", "AWS__Resources__StatisticsBucketName")]
    [InlineData("statistics-calculator", "AWS__Resources__StatisticsCompletedQueueUrl")]
    [InlineData("statistics-calculator", "AWS__Resources__StatisticsJobsTableName")]
    [InlineData("result-notifier", "QUIZASPIRE_API_URL")]
    [InlineData("result-notifier", "AWS__Resources__StatisticsTopicArn")]
    public async Task A_missing_variable_ends_the_process_with_its_name(string name, string variable)
    {
        _rig.Environment.Remove(variable);
        var function = name == "result-notifier" ? _rig.StartNotifier() : _rig.StartCalculator();

        Assert.Equal(1, await function.ExitCodeAsync());
        Assert.Contains(variable, function.Output, StringComparison.Ordinal);
    }

    private static StatisticsReport Report(string id) => StatisticsReport.Of(id, new SheetOutcome(null, "the sheet is empty"));
}
