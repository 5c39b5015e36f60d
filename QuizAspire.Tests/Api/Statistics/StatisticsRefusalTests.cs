using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using QuizAspire.Tests.Api.Support;

namespace QuizAspire.Tests.Api.Statistics;

/// <summary>What the statistics' routes refuse, and that nothing comes of it.</summary>
[Collection(UsesEmulators.Name)]
public sealed class StatisticsRefusalTests(Emulators emulators) : IAsyncLifetime
{
    private SheetWorld _world = null!;

    public async Task InitializeAsync() => _world = await SheetWorld.StartAsync(emulators);

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData("", 400, "body")]
    [InlineData("[]", 400, "body")]
    [InlineData("null", 400, "body")]
    [InlineData("""{"data":["Quiz1,85"]""", 400, "body")]
    [InlineData("{}", 400, "data")]
    [InlineData("""{"data":null}""", 400, "data")]
    [InlineData("""{"data":"Quiz1,85"}""", 400, "data")]
    [InlineData("""{"data":[["Quiz1",85]]}""", 400, "data[0]")]
    [InlineData("""{"data":["Quiz1,85"],"quiz":"Quiz1"}""", 400, "quiz")]
    [InlineData("""{"data":["Quiz1,\ud800"]}""", 400, "data[0]")]
    [InlineData("""{"data":[]}""", 422, "data")]
    [InlineData("""{"data":["Quiz1,85",null]}""", 422, "data[1]")]
    [InlineData("""{"data":["Quiz1,85\nQuiz2,76"]}""", 422, "data[0]")]
    [InlineData("""{"data":["Quiz1,85","Quiz2,76\r"]}""", 422, "data[1]")]
    public async Task Json_that_is_no_list_of_lines_is_refused_by_what_is_wrong(string json, int status, string field)
    {
        await ApiWorld.RefusedAsync(await _world.PostJsonAsync(json), status, field);
        await _world.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Json_of_more_than_a_mebibyte_is_refused()
    {
        var json = $$"""{"data":["Quiz1,{{new string('1', 1024 * 1024)}}"]}""";
        await ApiWorld.RefusedAsync(await _world.PostJsonAsync(json), 413, "body");
        await _world.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/vnd.ms-excel")]
    [InlineData("text/csv; charset=utf-16")]
    [InlineData("application/json; charset=latin1")]
    public async Task Another_content_type_is_refused(string contentType)
    {
        var refused = await ApiWorld.RefusedAsync(await _world.PostCsvAsync("Quiz1,85", contentType: contentType), 415, "Content-Type");
        Assert.Contains("text/csv", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await _world.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("gzip", 415)]
    [InlineData("gzip, identity", 415)]
    [InlineData("identity", 202)]
    public async Task A_compressed_body_is_refused(string coding, int status)
    {
        using var content = new StringContent("Quiz1,85", MediaTypeHeaderValue.Parse("text/csv"));
        content.Headers.TryAddWithoutValidation("Content-Encoding", coding);

        var response = await _world.Http.PostAsync(new Uri("/statistics", UriKind.Relative), content);

        if (status == 415)
            await ApiWorld.RefusedAsync(response, 415, "Content-Encoding");
        else
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task An_empty_csv_is_refused()
    {
        await ApiWorld.RefusedAsync(await _world.PostCsvAsync(""), 400, "body");
        await _world.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_sheet_that_says_it_is_too_large_is_refused_before_it_is_read()
    {
        using var content = new StatedLength((1L << 30) + 1);
        await ApiWorld.RefusedAsync(await _world.Http.PostAsync(new Uri("/statistics", UriKind.Relative), content), 413, "body");
        Assert.Empty(_world.S3.Calls);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("schlüssel")]
    public async Task A_malformed_idempotency_key_is_refused(string key) =>
        await ApiWorld.RefusedAsync(await _world.PostCsvAsync("Quiz1,85", key), 400, "Idempotency-Key");

    [Theory]
    [InlineData("/statistics/no-uuid", 400, "statistics_id")]
    [InlineData("/statistics/0190ABCD-0000-7000-8000-000000000000", 400, "statistics_id")]
    [InlineData("/statistics/0190abcd-0000-7000-8000-000000000000", 404, "statistics_id")]
    [InlineData("/statistics?limit=0", 400, "limit")]
    [InlineData("/statistics?page_token=nonsense", 400, "page_token")]
    public async Task A_wrong_question_is_refused_by_its_parameter(string path, int status, string field) =>
        await ApiWorld.RefusedAsync(await _world.Http.GetAsync(new Uri(path, UriKind.Relative)), status, field);

    [Fact]
    public async Task The_record_of_an_acceptance_is_no_job()
    {
        await SheetWorld.AcceptedIdAsync(_world.PostCsvAsync("Quiz1,85", "key"));
        var items = await emulators.Dynamo.Client.ScanAsync(new() { TableName = _world.Api.Resources["StatisticsJobsTableName"] });
        var record = Assert.Single(items.Items, item => item["statistics_id"].S.StartsWith("request#", StringComparison.Ordinal));

        var path = $"/statistics/{Uri.EscapeDataString(record["statistics_id"].S)}";

        await ApiWorld.RefusedAsync(await _world.Http.GetAsync(new Uri(path, UriKind.Relative)), 400, "statistics_id");
        Assert.Single((await _world.Api.GetAsync("/statistics")).GetProperty("statistics").EnumerateArray());
    }

    /// <summary>Says how long it is, and comes to no more than its beginning.</summary>
    private sealed class StatedLength : HttpContent
    {
        private readonly long _length;

        public StatedLength(long length)
        {
            _length = length;
            Headers.ContentType = MediaTypeHeaderValue.Parse("text/csv");
            Headers.TryAddWithoutValidation("Content-Length", length.ToString(CultureInfo.InvariantCulture));
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            stream.WriteAsync(Encoding.UTF8.GetBytes("Quiz1,85\n")).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return true;
        }
    }
}
