using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Statistics.Storage;
using QuizAspire.Core.Statistics.Summary;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api.Statistics;

[Collection(UsesEmulators.Name)]
public sealed class StatisticsEndpointTests(Emulators emulators) : IAsyncLifetime
{
    private readonly ManualTime _time = ManualTime.AtNoon();
    private SheetWorld _world = null!;

    public async Task InitializeAsync() => _world = await SheetWorld.StartAsync(emulators, _time);

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Lines_in_json_are_stored_as_a_sheet_sent_and_shown_as_queued()
    {
        var id = await SheetWorld.AcceptedIdAsync(_world.PostJsonAsync(SheetWorld.Example));

        var message = await _world.MessageAsync();
        Assert.Equal((id, StatisticsSource.Json, null), (message.StatisticsId, message.Source, message.QuizId));
        Assert.StartsWith("raw/2026/11/21/", message.ObjectKey, StringComparison.Ordinal);
        Assert.Equal(SheetWorld.ExampleSheet, await _world.TextAsync(message.ObjectKey));
        var response = await _world.Http.GetAsync(new Uri($"/statistics/{id}", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "1"), (response.StatusCode, Assert.Single(response.Headers.GetValues("Retry-After"))));
        Assert.Equal(
            $$"""{"statistics_id":"{{id}}","status":"queued","source":"json","submitted_at":"2026-11-21T12:00:00.123+00:00"}""",
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("text/csv; charset=utf-8")]
    [InlineData("text/csv; charset=Utf-8")]
    [InlineData("Text/CSV; header=present; charset=\"UTF-8\"")]
    public async Task Csv_is_stored_byte_by_byte(string contentType)
    {
        const string sheet = "\uFEFFQuiz;\r\n\"a \"\"b\"\"\",1,\0,é\r\n";

        await SheetWorld.AcceptedIdAsync(_world.PostCsvAsync(sheet, contentType: contentType));

        var message = await _world.MessageAsync();
        Assert.Equal(StatisticsSource.Csv, message.Source);
        Assert.Equal(sheet, await _world.TextAsync(message.ObjectKey));
    }

    [Theory]
    [InlineData(8 * 1024 * 1024, "PutObject")]
    [InlineData(8 * 1024 * 1024 + 1, "InitiateMultipartUpload UploadPart UploadPart CompleteMultipartUpload")]
    [InlineData(16 * 1024 * 1024, "InitiateMultipartUpload UploadPart UploadPart CompleteMultipartUpload")]
    public async Task A_large_sheet_goes_to_s3_in_parts_of_eight_mebibytes_and_is_whole_there(int bytes, string calls)
    {
        var sheet = new byte[bytes];
        new Random(1).NextBytes(sheet);

        await SheetWorld.AcceptedIdAsync(_world.PostStreamAsync(new MemoryStream(sheet)));

        Assert.Equal(calls, string.Join(' ', _world.S3.Calls));
        var stored = await _world.BytesAsync((await _world.MessageAsync()).ObjectKey);
        Assert.Equal(SHA256.HashData(sheet), SHA256.HashData(stored));
        Assert.Empty(_world.S3.Open);
    }

    [Fact]
    public async Task A_completed_job_is_shown_with_its_numbers()
    {
        var id = await SheetWorld.AcceptedIdAsync(_world.PostCsvAsync("Quiz1,85,76,90\nQuiz1,x\n"));
        await CalculateAsync(id);

        var response = await _world.Http.GetAsync(new Uri($"/statistics/{id}", UriKind.Relative));
        var job = await ApiWorld.ReadAsync(response);

        Assert.False(response.Headers.Contains("Retry-After"));
        Assert.Equal(("completed", "csv"), (job.GetProperty("status").GetString(), job.GetProperty("source").GetString()));
        Assert.True(job.TryGetProperty("started_at", out _) && job.TryGetProperty("finished_at", out _));
        var result = job.GetProperty("result");
        Assert.Equal((2, 1, 1), (Number(result, "lines_read"), Number(result, "lines_counted"), Number(result, "lines_rejected")));
        Assert.Equal(2, Number(Assert.Single(result.GetProperty("problems").EnumerateArray()), "line"));
        var quiz = Assert.Single(result.GetProperty("quizzes").EnumerateArray());
        Assert.Equal("Quiz1", quiz.GetProperty("quiz_id").GetString());
        var scores = quiz.GetProperty("scores");
        Assert.Equal((3, 76, 90, 85), (Number(scores, "count"), Number(scores, "minimum"), Number(scores, "maximum"), Number(scores, "median")));
        Assert.Equal(83.666667m, scores.GetProperty("mean").GetDecimal());
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1, 1, 1], scores.GetProperty("histogram").EnumerateArray().Select(bin => bin.GetInt32()));
        Assert.Equal(3, Number(result.GetProperty("overall"), "count"));
    }

    [Fact]
    public async Task A_failed_job_is_shown_with_its_reason()
    {
        var id = await SheetWorld.AcceptedIdAsync(_world.PostCsvAsync("no score at all"));
        await CalculateAsync(id);

        var job = await _world.JobAsync(id);

        Assert.Equal("failed", job.GetProperty("status").GetString());
        Assert.NotEqual("", job.GetProperty("reason").GetString());
        Assert.False(job.TryGetProperty("result", out _));
    }

    [Fact]
    public async Task Jobs_are_listed_newest_first_in_pages_without_their_numbers()
    {
        var ids = new List<string>();
        for (var n = 0; n < 5; n++)
        {
            ids.Insert(0, await SheetWorld.AcceptedIdAsync(_world.PostCsvAsync($"Quiz{n},50\nQuiz{n},x\n")));
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }
        await CalculateAsync(ids[0]);

        var first = await _world.Api.GetAsync("/statistics?limit=2");
        var second = await _world.Api.GetAsync(first.GetProperty("next").GetString()!);
        var third = await _world.Api.GetAsync($"/statistics?limit=2&page_token={second.GetProperty("next_page_token").GetString()}");

        Assert.Equal(ids, new[] { first, second, third }.SelectMany(page => page.GetProperty("statistics").EnumerateArray())
            .Select(job => job.GetProperty("statistics_id").GetString()!));
        var job = first.GetProperty("statistics")[0];
        Assert.Equal((1, 1, 1), (Number(job, "quizzes"), Number(job, "scores"), Number(job, "rejected_lines")));
        Assert.False(job.TryGetProperty("result", out _));
        Assert.False(third.TryGetProperty("next", out _));
    }

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    // As the calculator does it.
    private async Task CalculateAsync(string id)
    {
        var jobs = _world.Jobs;
        var job = (await jobs.FindAsync(id, CancellationToken.None))!;
        var outcome = await ScoreSheet.ReadAsync(new MemoryStream(await _world.BytesAsync(job.ObjectKey)), CancellationToken.None);
        var report = StatisticsReport.Of(id, outcome);
        await jobs.BeginAsync(job, CancellationToken.None);
        await new StatisticsReports(_world.S3, _world.Api.Resources["StatisticsBucketName"]).PutAsync(report, CancellationToken.None);
        var result = new StatisticsJobResult(
            outcome.Failure, outcome.Summary?.Quizzes.Count ?? 0, outcome.Summary?.Overall.Count ?? 0, outcome.Summary?.LinesRejected ?? 0);
        await jobs.FinishAsync(id, result, CancellationToken.None);
    }
}
