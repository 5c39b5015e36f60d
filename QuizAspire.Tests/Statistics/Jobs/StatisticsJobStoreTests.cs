using QuizAspire.Core.Paging;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Statistics.Jobs;

/// <summary>A job's life, and that no late or repeated step takes it back.</summary>
[Collection(UsesDynamo.Name)]
public sealed class StatisticsJobStoreTests(LocalDynamo dynamo) : IAsyncLifetime
{
    private static readonly StatisticsJobResult Result = new(null, 3, 9, 1);
    private static readonly StatisticsJobResult Failure = new("the sheet is empty", 0, 0, 0);

    private readonly ManualTime _time = ManualTime.AtNoon();
    private StatisticsJobStore _store = null!;

    public async Task InitializeAsync() =>
        _store = new StatisticsJobStore(dynamo.Client, await dynamo.CreateStatisticsJobsTableAsync(), _time);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_job_is_queued_runs_is_completed_and_told()
    {
        var job = NewJob() with { Source = StatisticsSource.Quiz, QuizId = "quiz-1" };
        await _store.AddQueuedAsync(job, default);
        Assert.Equal(job, await FindAsync(job));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(JobBeginning.Begun, await _store.BeginAsync(job, default));
        job = job with { Status = StatisticsJobStatus.Running, StartedAt = _time.GetUtcNow() };
        Assert.Equal(job, await FindAsync(job));

        _time.Advance(TimeSpan.FromSeconds(1));
        await _store.FinishAsync(job.StatisticsId, Result, default);
        job = job with { Status = StatisticsJobStatus.Completed, FinishedAt = _time.GetUtcNow(), Result = Result };
        Assert.Equal(job, await FindAsync(job));

        _time.Advance(TimeSpan.FromSeconds(1));
        await _store.MarkNotifiedAsync(job.StatisticsId, default);
        job = job with { NotifiedAt = _time.GetUtcNow() };
        Assert.Equal(job, await FindAsync(job));
    }

    [Fact]
    public async Task A_sheet_without_statistics_is_a_failed_job_with_the_reason_and_with_a_result()
    {
        var job = await RunningAsync();

        await _store.FinishAsync(job.StatisticsId, Failure, default);

        var found = await FindAsync(job);
        Assert.Equal((StatisticsJobStatus.Failed, "the sheet is empty", Failure), (found.Status, found.Reason, found.Result));
    }

    [Fact]
    public async Task A_trusted_producers_message_makes_the_job_when_it_begins()
    {
        var job = NewJob();

        Assert.Equal(JobBeginning.Begun, await _store.BeginAsync(job, default));

        Assert.Equal(job with { Status = StatisticsJobStatus.Running, StartedAt = _time.GetUtcNow() }, await FindAsync(job));
        Assert.Equal(job.StatisticsId, Assert.Single((await _store.QueryAsync(10, null, default)).Items).StatisticsId);
    }

    [Fact]
    public async Task A_job_that_is_added_late_stays_as_far_as_it_is()
    {
        var job = await RunningAsync();
        await _store.FinishAsync(job.StatisticsId, Result, default);

        await _store.AddQueuedAsync(job, default);

        Assert.Equal(StatisticsJobStatus.Completed, (await FindAsync(job)).Status);
    }

    [Fact]
    public async Task A_redelivered_message_does_not_begin_again_what_is_written()
    {
        var job = await RunningAsync();
        await _store.FinishAsync(job.StatisticsId, Result, default);

        Assert.Equal(JobBeginning.ResultWritten, await _store.BeginAsync(job, default));
        Assert.Equal(StatisticsJobStatus.Completed, (await FindAsync(job)).Status);
    }

    [Fact]
    public async Task Another_sheet_under_the_same_id_changes_nothing()
    {
        var job = await RunningAsync();
        var other = job with { ObjectKey = "raw/other.csv" };

        Assert.Equal(JobBeginning.AnotherJob, await _store.BeginAsync(other, default));
        Assert.False(await _store.FailAsync(other, "not there", default));

        Assert.Equal(job with { Status = StatisticsJobStatus.Running, StartedAt = _time.GetUtcNow() }, await FindAsync(job));
    }

    [Fact]
    public async Task A_job_that_failed_for_now_completes_after_a_redrive_and_forgets_the_reason()
    {
        var job = await RunningAsync();
        Assert.True(await _store.FailAsync(job, "S3 answered SlowDown", default));
        var failed = await FindAsync(job);
        Assert.Equal((StatisticsJobStatus.Failed, "S3 answered SlowDown", null), (failed.Status, failed.Reason, failed.Result));

        Assert.Equal(JobBeginning.Begun, await _store.BeginAsync(job, default));
        var running = await FindAsync(job);
        Assert.Equal((StatisticsJobStatus.Running, null, null), (running.Status, running.Reason, running.FinishedAt));

        await _store.FinishAsync(job.StatisticsId, Result, default);
        var completed = await FindAsync(job);
        Assert.Equal((StatisticsJobStatus.Completed, null, Result), (completed.Status, completed.Reason, completed.Result));
    }

    [Fact]
    public async Task A_failure_of_a_job_that_nobody_has_heard_of_is_kept_and_listed()
    {
        var job = NewJob();

        Assert.True(await _store.FailAsync(job, "S3 answered AccessDenied", default));

        Assert.Equal("S3 answered AccessDenied", Assert.Single((await _store.QueryAsync(10, null, default)).Items).Reason);
    }

    [Fact]
    public async Task A_failure_never_covers_a_written_result()
    {
        for (var round = 0; round < 20; round++)
        {
            var job = await RunningAsync();

            var fails = Task.Run(() => _store.FailAsync(job, "late", default));
            await Task.WhenAll(fails, Task.Run(() => _store.FinishAsync(job.StatisticsId, Result, default)));

            var found = await FindAsync(job);
            Assert.Equal((StatisticsJobStatus.Completed, null, Result), (found.Status, found.Reason, found.Result));
            Assert.False(await _store.FailAsync(job, "later", default));
        }
    }

    [Fact]
    public async Task Whatever_happens_twice_counts_the_first_time()
    {
        var job = await RunningAsync();
        var finished = _time.GetUtcNow();
        await _store.FinishAsync(job.StatisticsId, Result, default);
        await _store.MarkNotifiedAsync(job.StatisticsId, default);
        _time.Advance(TimeSpan.FromMinutes(1));

        await _store.FinishAsync(job.StatisticsId, Result, default);
        await _store.MarkNotifiedAsync(job.StatisticsId, default);

        var found = await FindAsync(job);
        Assert.Equal((finished, finished), (found.FinishedAt, found.NotifiedAt));
    }

    [Fact]
    public async Task What_is_told_of_an_unknown_job_makes_none()
    {
        var job = NewJob();

        await _store.MarkNotifiedAsync(job.StatisticsId, default);
        await _store.FinishAsync(job.StatisticsId, Result, default);

        Assert.Null(await _store.FindAsync(job.StatisticsId, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("019aa8c2-3b7b-8d4e-9f00-0123456789ab")]
    public async Task An_unknown_id_has_no_job(string id) => Assert.Null(await _store.FindAsync(id, default));

    [Fact]
    public async Task The_list_has_every_job_once_newest_first_page_by_page()
    {
        var ids = new List<string>();
        for (var n = 0; n < 7; n++)
        {
            var job = NewJob();
            await _store.AddQueuedAsync(job, default);
            ids.Insert(0, job.StatisticsId);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var (listed, pages, token) = (new List<string>(), 0, (string?)null);
        do
        {
            var page = await _store.QueryAsync(3, token, default);
            Assert.InRange(page.Items.Count, 0, 3);
            listed.AddRange(page.Items.Select(job => job.StatisticsId));
            (token, pages) = (page.NextPageToken, pages + 1);
        }
        while (token is not null);

        Assert.Equal(ids, listed);
        Assert.Equal(3, pages);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("MjAyNi0xMS0yMVQxMjowMDowMC4xMjNaL3g")] // a time, and no id
    [InlineData("MDE5YWE4YzItM2I3Yi04ZDRlLTlmMDAtMDEyMzQ1Njc4OWFi")] // an id, and no time
    public async Task A_page_token_that_the_list_did_not_make_is_refused(string token) =>
        await Assert.ThrowsAsync<InvalidPageTokenException>(() => _store.QueryAsync(10, token, default));

    private StatisticsJob NewJob()
    {
        var key = $"raw/{Guid.NewGuid():N}.csv";
        return new StatisticsJob(StatisticsId.Create(_time.GetUtcNow(), "f", key), StatisticsSource.Csv, null, key, _time.GetUtcNow());
    }

    private async Task<StatisticsJob> RunningAsync()
    {
        var job = NewJob();
        await _store.AddQueuedAsync(job, default);
        Assert.Equal(JobBeginning.Begun, await _store.BeginAsync(job, default));
        return job;
    }

    private async Task<StatisticsJob> FindAsync(StatisticsJob job) =>
        Assert.IsType<StatisticsJob>(await _store.FindAsync(job.StatisticsId, default));
}
