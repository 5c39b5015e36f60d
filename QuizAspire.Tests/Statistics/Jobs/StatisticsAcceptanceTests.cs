using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Statistics.Jobs;

/// <summary>Retries of a request are one job.</summary>
[Collection(UsesDynamo.Name)]
public sealed class StatisticsAcceptanceTests(LocalDynamo dynamo) : IAsyncLifetime
{
    private static readonly StatisticsRequest Request = new("raw/1.csv", StatisticsSource.Csv, null, new string('a', 64));

    private readonly ManualTime _time = ManualTime.AtNoon();
    private string _table = "";
    private StatisticsJobStore _store = null!;

    public async Task InitializeAsync()
    {
        _table = await dynamo.CreateStatisticsJobsTableAsync();
        _store = new StatisticsJobStore(dynamo.Client, _table, _time);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_new_request_gets_an_id_that_carries_its_time_and_is_no_job_yet()
    {
        var acceptance = await _store.AcceptAsync(Request, null, default);

        Assert.Equal(AcceptanceKind.New, acceptance.Kind);
        Assert.True(SubmissionId.TryGetTime(acceptance.Job.StatisticsId, out var time));
        Assert.Equal(_time.GetUtcNow(), time);
        Assert.Equal(new StatisticsJob(acceptance.Job.StatisticsId, StatisticsSource.Csv, null, "raw/1.csv", _time.GetUtcNow()), acceptance.Job);
        Assert.Null(await _store.FindAsync(acceptance.Job.StatisticsId, default));
        Assert.Empty((await _store.QueryAsync(10, null, default)).Items);
    }

    [Fact]
    public async Task A_request_item_is_not_found_as_a_job()
    {
        await _store.AcceptAsync(Request, "key", default);
        var item = Assert.Single((await dynamo.Client.ScanAsync(new ScanRequest { TableName = _table })).Items);

        Assert.StartsWith("request#key#", item["statistics_id"].S, StringComparison.Ordinal);
        Assert.Null(await _store.FindAsync(item["statistics_id"].S, default));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("key-1")]
    public async Task The_same_request_in_its_window_is_the_first_ones_job_with_the_first_ones_object(string? key)
    {
        var first = await _store.AcceptAsync(Request, key, default);
        _time.Advance((key is null ? StatisticsJobStore.ContentWindow : StatisticsJobStore.KeyWindow) - TimeSpan.FromSeconds(2));

        var again = await _store.AcceptAsync(Request with { ObjectKey = "raw/2.csv" }, key, default);

        Assert.Equal(new StatisticsAcceptance(AcceptanceKind.Repeated, first.Job), again);
        Assert.Equal("raw/1.csv", again.Job.ObjectKey);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("key-1")]
    public async Task The_same_request_after_its_window_is_a_new_job(string? key)
    {
        var first = await _store.AcceptAsync(Request, key, default);
        _time.Advance((key is null ? StatisticsJobStore.ContentWindow : StatisticsJobStore.KeyWindow) + TimeSpan.FromSeconds(1));

        var second = await _store.AcceptAsync(Request with { ObjectKey = "raw/2.csv" }, key, default);
        var third = await _store.AcceptAsync(Request with { ObjectKey = "raw/3.csv" }, key, default);

        Assert.Equal(AcceptanceKind.New, second.Kind);
        Assert.NotEqual(first.Job.StatisticsId, second.Job.StatisticsId);
        Assert.Equal("raw/2.csv", second.Job.ObjectKey);
        Assert.Equal(new StatisticsAcceptance(AcceptanceKind.Repeated, second.Job), third);
    }

    [Fact]
    public async Task Another_sheet_source_or_quiz_is_another_job()
    {
        StatisticsRequest[] requests =
        [
            Request,
            Request with { Fingerprint = new string('b', 64) },
            Request with { Source = StatisticsSource.Json },
            Request with { Source = StatisticsSource.Quiz, QuizId = "quiz-1" },
            Request with { Source = StatisticsSource.Quiz, QuizId = "quiz-2" },
        ];

        var jobs = new HashSet<string>();
        foreach (var request in requests)
        {
            var acceptance = await _store.AcceptAsync(request, null, default);
            Assert.Equal(AcceptanceKind.New, acceptance.Kind);
            Assert.True(jobs.Add(acceptance.Job.StatisticsId));
        }
    }

    [Fact]
    public async Task A_key_that_another_sheet_has_is_told_and_that_sheets_job_with_it()
    {
        var first = await _store.AcceptAsync(Request, "key-1", default);

        var other = await _store.AcceptAsync(Request with { ObjectKey = "raw/2.csv", Fingerprint = new string('b', 64) }, "key-1", default);

        Assert.Equal(new StatisticsAcceptance(AcceptanceKind.KeyUsedForAnother, first.Job), other);
    }

    [Fact]
    public async Task The_same_sheet_under_two_keys_in_one_millisecond_is_two_jobs()
    {
        var first = await _store.AcceptAsync(Request, "key-1", default);
        var second = await _store.AcceptAsync(Request with { ObjectKey = "raw/2.csv" }, "key-2", default);

        Assert.NotEqual(first.Job.StatisticsId, second.Job.StatisticsId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_many_at_once_one_is_new_and_all_have_its_job(bool expired)
    {
        if (expired)
        {
            await _store.AcceptAsync(Request, null, default);
            _time.Advance(StatisticsJobStore.ContentWindow + TimeSpan.FromSeconds(1));
        }

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(n =>
            Task.Run(() => _store.AcceptAsync(Request with { ObjectKey = $"raw/at-once-{n}.csv" }, null, default))));

        var winner = Assert.Single(all, acceptance => acceptance.Kind == AcceptanceKind.New);
        Assert.All(all, acceptance => Assert.Equal(winner.Job, acceptance.Job));
        Assert.Equal(19, all.Count(acceptance => acceptance.Kind == AcceptanceKind.Repeated));
    }

    [Fact]
    public async Task A_put_that_the_client_repeats_because_its_answer_was_lost_is_still_new()
    {
        await using var proxy = await AwsProxy.StartAsync(dynamo.Endpoint);
        var puts = 0;
        proxy.Intercept = async call =>
        {
            var answer = await call.ForwardAsync();
            return call.Operation == "PutItem" && Interlocked.Increment(ref puts) == 1 ? AwsAnswer.JsonError("InternalServerError", 500) : answer;
        };
        using var client = new AmazonDynamoDBClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonDynamoDBConfig { ServiceURL = proxy.Endpoint, AuthenticationRegion = "us-west-1", MaxErrorRetry = 1 });

        var acceptance = await new StatisticsJobStore(client, _table, _time).AcceptAsync(Request, null, default);

        Assert.Equal(2, puts);
        Assert.Equal(AcceptanceKind.New, acceptance.Kind);
    }
}
