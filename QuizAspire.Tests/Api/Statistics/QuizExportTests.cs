using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QuizAspire.Api.Statistics;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Results;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api.Statistics;

/// <summary>Statistics of a quiz's results.</summary>
[Collection(UsesEmulators.Name)]
public sealed class QuizExportTests(Emulators emulators) : IAsyncLifetime
{
    private readonly ManualTime _time = ManualTime.AtNoon();
    private SmallPages _dynamo = null!;
    private SheetWorld _world = null!;
    private int _results;

    public async Task InitializeAsync()
    {
        _dynamo = SmallPages.Of(emulators.Dynamo.Endpoint);
        _world = await SheetWorld.StartAsync(
            emulators, _time, services => services.Replace(ServiceDescriptor.Singleton<IAmazonDynamoDB>(_ => _dynamo)));
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Completed_results_of_all_versions_are_the_sheet_page_by_page_and_failed_ones_and_other_quizzes_are_not()
    {
        await _world.Api.PutQuizAsync("capitals", "q1");
        await AddAsync("capitals", 100, 66.67m, null, null, null, null, 0, 33.3m);
        await AddAsync("capitals-2", 12);

        var id = await SheetWorld.AcceptedIdAsync(_world.PostQuizAsync("capitals"));

        var message = await _world.MessageAsync();
        Assert.Equal((id, StatisticsSource.Quiz, "capitals"), (message.StatisticsId, message.Source, message.QuizId));
        var sheet = await _world.TextAsync(message.ObjectKey);
        Assert.Matches("^capitals(,[0-9.]+){4}\n$", sheet);
        Assert.Equal(["0", "100", "33.3", "66.67"], sheet.TrimEnd('\n').Split(',')[1..].Order(StringComparer.Ordinal));
        Assert.Equal(QuizShards.Count + 4, _dynamo.Pages);
        var job = await _world.JobAsync(id);
        Assert.Equal(("quiz", "capitals"), (job.GetProperty("source").GetString(), job.GetProperty("quiz_id").GetString()));
    }

    [Fact]
    public async Task A_quiz_that_only_trusted_producers_know_has_statistics_too()
    {
        await AddAsync("seed", 50);

        await SheetWorld.AcceptedIdAsync(_world.PostQuizAsync("seed"));

        Assert.Equal("seed,50\n", await _world.TextAsync((await _world.MessageAsync()).ObjectKey));
    }

    [Fact]
    public async Task More_results_than_a_sheet_holds_are_refused()
    {
        await AddAsync("capitals", 50);
        using var sheet = new FullSheet();

        var refusal = await _world.Api.Services.GetRequiredService<QuizExport>().WriteAsync("capitals", sheet, default);

        Assert.Equal((422, "quiz_id"), (refusal?.StatusCode, refusal?.Value.Errors.Keys.Single()));
    }

    [Fact]
    public async Task A_quiz_that_does_not_exist_or_has_no_completed_result_is_refused()
    {
        await _world.Api.PutQuizAsync("capitals", "q1");
        await AddAsync("capitals", [null]);

        await ApiWorld.RefusedAsync(await _world.PostQuizAsync("capitals"), 422, "quiz_id");
        await ApiWorld.RefusedAsync(await _world.PostQuizAsync("rivers"), 404, "quiz_id");
        await ApiWorld.RefusedAsync(await _world.PostQuizAsync("no%20id"), 400, "quiz_id");
        await ApiWorld.RefusedAsync(await _world.PostQuizAsync("capitals", "two words"), 400, "Idempotency-Key");

        await _world.NothingIsLeftAsync();
        Assert.Empty(_world.S3.Calls);
    }

    [Fact]
    public async Task The_same_results_are_the_same_job_and_more_are_another()
    {
        await AddAsync("capitals", 50);
        var first = await SheetWorld.AcceptedIdAsync(_world.PostQuizAsync("capitals"));
        Assert.Equal(first, await SheetWorld.AcceptedIdAsync(_world.PostQuizAsync("capitals")));
        Assert.Single(await _world.KeysAsync());

        await AddAsync("capitals", 60);

        Assert.NotEqual(first, await SheetWorld.AcceptedIdAsync(_world.PostQuizAsync("capitals")));
    }

    [Fact]
    public async Task A_key_is_the_same_job_whatever_results_there_are_since_and_no_other_quiz()
    {
        await AddAsync("capitals", 50);
        await AddAsync("rivers", 50);
        var first = await SheetWorld.AcceptedIdAsync(_world.PostQuizAsync("capitals", "k"));
        await AddAsync("capitals", 60);

        var again = await _world.PostQuizAsync("capitals", "k");

        Assert.True(SheetWorld.IsReplayed(again));
        Assert.Equal(first, await SheetWorld.AcceptedIdAsync(Task.FromResult(again)));
        Assert.Equal("capitals,50\n", await _world.TextAsync((await _world.MessagesAsync(2))[0].ObjectKey));
        await ApiWorld.RefusedAsync(await _world.PostQuizAsync("rivers", "k"), 422, "Idempotency-Key");
        Assert.Single(await _world.KeysAsync());
    }

    [Fact]
    public async Task A_table_that_fails_in_the_middle_leaves_nothing()
    {
        await AddAsync("capitals", 1, 2, 3, 4, 5);
        _dynamo.FailsAtPage = 2;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _world.PostQuizAsync("capitals")).StatusCode);

        Assert.Equal(2, _dynamo.Pages);
        _dynamo.FailsAtPage = 0;
        await _world.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Thousands_of_scores_are_lines_of_a_thousand()
    {
        _dynamo.PageSize = 1_000;
        await AddAsync("capitals", [.. Enumerable.Range(0, 2_500).Select(n => (decimal?)(n % 101))]);

        await SheetWorld.AcceptedIdAsync(_world.PostQuizAsync("capitals"));

        var lines = (await _world.TextAsync((await _world.MessageAsync()).ObjectKey)).TrimEnd('\n').Split('\n');
        Assert.Equal([1_000, 1_000, 500], lines.Select(line => line.Split(',').Length - 1));
        Assert.Equal(
            Enumerable.Range(0, 2_500).Select(n => $"{n % 101}").Order(StringComparer.Ordinal),
            lines.SelectMany(line => line.Split(',')[1..]).Order(StringComparer.Ordinal));
    }

    /// <param name="scores">Null for a failed result.</param>
    private async Task AddAsync(string quizId, params decimal?[] scores)
    {
        var results = scores.Select(score =>
        {
            var at = _time.GetUtcNow().AddMilliseconds(++_results);
            return new SubmissionResult(
                $"student-{_results % 7}", ResultKey.From(at, $"submission-{_results}"), $"submission-{_results}", quizId,
                score is null ? ResultStatus.Failed : ResultStatus.Completed, at, score, 1, Reason: score is null ? "no such version" : null);
        }).ToList();
        var table = _world.Api.Resources["DynamodbTableName"];
        var writer = new ResultWriter(emulators.Dynamo.Client, table, new Backoff(TimeProvider.System, Random.Shared));
        Assert.All(await writer.OverwriteAsync(results, CancellationToken.None), outcome => Assert.Equal(WriteOutcome.Written, outcome));
    }

    /// <summary>Has no place for a single score more.</summary>
    private sealed class FullSheet : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new SheetTooLargeException();
    }

    /// <summary>A table whose index answers a few items at a time.</summary>
    private sealed class SmallPages(string endpoint) : AmazonDynamoDBClient(
        new BasicAWSCredentials("local", "local"),
        new AmazonDynamoDBConfig { ServiceURL = endpoint, AuthenticationRegion = "us-west-1", MaxErrorRetry = 0 })
    {
        public static SmallPages Of(string endpoint) => new(endpoint);

        public int PageSize { get; set; } = 1;

        public int FailsAtPage { get; set; }

        public int Pages { get; private set; }

        public override Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
        {
            if (request.IndexName != QuizScores.QuizIndex)
                return base.QueryAsync(request, cancellationToken);
            request.Limit = PageSize;
            return ++Pages == FailsAtPage ? throw new AmazonDynamoDBException("injected") : base.QueryAsync(request, cancellationToken);
        }
    }
}
