using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using QuizAspire.Api.Statistics;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api.Statistics;

/// <summary>Sheets that go past the API: a plain HTTP client PUTs the parts to the addresses that were signed.</summary>
[Collection(UsesEmulators.Name)]
public sealed class StatisticsUploadTests(Emulators emulators) : IAsyncLifetime
{
    private const int PartSize = 8 * 1024 * 1024;
    private const string Uploads = "/statistics/uploads";
    private static readonly HttpClient Plain = new();

    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());
    private SheetWorld _world = null!;

    public async Task InitializeAsync() => _world = await SheetWorld.StartAsync(emulators, _time);

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_sheet_uploaded_in_parts_in_any_order_becomes_a_job()
    {
        var sheet = RandomNumberGenerator.GetBytes(2 * PartSize + 5);
        var upload = await BeginAsync(sheet.Length);
        Assert.Equal(PartSize, upload.GetProperty("part_size_bytes").GetInt32());
        Assert.Equal([PartSize, PartSize, 5], upload.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("size_bytes").GetInt32()));
        Assert.Equal(_time.GetUtcNow().AddHours(1), upload.GetProperty("expires_at").GetDateTimeOffset());

        var parts = new List<(int, string)>();
        foreach (var part in upload.GetProperty("parts").EnumerateArray().Reverse())
            parts.Add(await PutAsync(part, sheet));
        var id = await SheetWorld.AcceptedIdAsync(CompleteAsync(upload, parts));

        var message = await _world.MessageAsync();
        Assert.Equal((id, StatisticsSource.Upload), (message.StatisticsId, message.Source));
        Assert.StartsWith("uploads/", message.ObjectKey, StringComparison.Ordinal);
        Assert.Equal(SHA256.HashData(sheet), SHA256.HashData(await _world.BytesAsync(message.ObjectKey)));
        Assert.Equal("upload", (await _world.JobAsync(id)).GetProperty("source").GetString());
    }

    [Fact]
    public async Task Completing_again_is_the_same_job_and_its_sheet_stays()
    {
        var (upload, parts) = await UploadAsync("Quiz1,85\n");

        var id = await SheetWorld.AcceptedIdAsync(CompleteAsync(upload, parts));
        Assert.Equal(id, await SheetWorld.AcceptedIdAsync(CompleteAsync(upload, parts)));

        var messages = await _world.MessagesAsync(2);
        Assert.Single(messages.Distinct());
        Assert.Equal("Quiz1,85\n", await _world.TextAsync(messages[0].ObjectKey));
    }

    [Fact]
    public async Task The_same_sheet_uploaded_twice_is_two_jobs()
    {
        var (first, firstParts) = await UploadAsync("Quiz1,85\n");
        var (second, secondParts) = await UploadAsync("Quiz1,85\n");

        Assert.NotEqual(
            await SheetWorld.AcceptedIdAsync(CompleteAsync(first, firstParts)), await SheetWorld.AcceptedIdAsync(CompleteAsync(second, secondParts)));
    }

    [Fact]
    public async Task An_upload_whose_completion_got_no_answer_is_completed_by_the_next()
    {
        var (upload, parts) = await UploadAsync("Quiz1,85\n");
        _world.S3.After = call => call == "CompleteMultipartUpload" ? throw new HttpRequestException("injected") : Task.CompletedTask;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await CompleteAsync(upload, parts)).StatusCode);
        await _world.NothingIsSentAsync();
        _world.S3.After = _ => Task.CompletedTask;

        var id = await SheetWorld.AcceptedIdAsync(CompleteAsync(upload, parts));

        Assert.Equal(id, (await _world.MessageAsync()).StatisticsId);
    }

    [Theory]
    [InlineData("Quiz1,85")]
    [InlineData("Quiz1,85,76,90")]
    public async Task A_sheet_that_has_not_the_stated_size_is_deleted(string uploaded)
    {
        var upload = await BeginAsync(10);
        var part = await PutBytesAsync(upload.GetProperty("parts")[0], Encoding.UTF8.GetBytes(uploaded));

        await ApiWorld.RefusedAsync(await CompleteAsync(upload, [part]), 422, "parts");

        await _world.NothingIsLeftAsync();
        await ApiWorld.RefusedAsync(await CompleteAsync(upload, [part]), 404, "upload_id");
    }

    [Fact]
    public async Task A_sheet_of_another_size_that_could_not_be_deleted_is_deleted_by_the_next_completion()
    {
        var upload = await BeginAsync(10);
        var part = await PutBytesAsync(upload.GetProperty("parts")[0], "Quiz1,85"u8.ToArray());
        _world.S3.Before = (call, _) => call == "DeleteObject" ? throw new HttpRequestException("injected") : Task.CompletedTask;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await CompleteAsync(upload, [part])).StatusCode);
        _world.S3.Before = (_, _) => Task.CompletedTask;

        await ApiWorld.RefusedAsync(await CompleteAsync(upload, [part]), 422, "parts");

        await _world.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_upload_id_with_another_size_takes_no_finished_sheet_away(bool ofTheSameUpload)
    {
        var (upload, parts) = await UploadAsync("Quiz1,85\n");
        await SheetWorld.AcceptedIdAsync(CompleteAsync(upload, parts));
        var given = UploadToken.Parse(IdOf(upload))!;
        var forged = given with { SizeBytes = 8, S3UploadId = ofTheSameUpload ? given.S3UploadId : "another" };

        await ApiWorld.RefusedAsync(await CompleteAsync(forged.ToString(), parts), 404, "upload_id");

        Assert.Equal("Quiz1,85\n", await _world.TextAsync((await _world.MessageAsync()).ObjectKey));
    }

    [Fact]
    public async Task An_upload_id_with_another_size_makes_no_job_of_a_sheet_that_has_it()
    {
        var upload = await BeginAsync(10);
        var part = await PutBytesAsync(upload.GetProperty("parts")[0], "Quiz1,85"u8.ToArray());
        var forged = UploadToken.Parse(IdOf(upload))! with { SizeBytes = 8 };

        await ApiWorld.RefusedAsync(await CompleteAsync(forged.ToString(), [part]), 404, "upload_id");
        await ApiWorld.RefusedAsync(await CompleteAsync(upload, [part]), 422, "parts");

        await _world.NothingIsLeftAsync();
    }

    [Fact]
    public async Task An_upload_that_is_given_up_is_gone()
    {
        var (upload, parts) = await UploadAsync("Quiz1,85\n");
        Assert.Single(_world.S3.Open);

        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(IdOf(upload))).StatusCode);

        await _world.NothingIsLeftAsync();
        await ApiWorld.RefusedAsync(await DeleteAsync(IdOf(upload)), 404, "upload_id");
        await ApiWorld.RefusedAsync(await CompleteAsync(upload, parts), 404, "upload_id");
    }

    [Fact]
    public async Task After_a_day_an_upload_is_none_any_more()
    {
        var (upload, parts) = await UploadAsync("Quiz1,85\n");
        _time.Advance(TimeSpan.FromHours(24));

        await ApiWorld.RefusedAsync(await CompleteAsync(upload, parts), 404, "upload_id");
        await ApiWorld.RefusedAsync(await DeleteAsync(IdOf(upload)), 404, "upload_id");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("not base64url!")]
    [InlineData("{0}/9/no-such-upload")]
    [InlineData("ffffffffffff7fffbfffffffffffffff/9/no-such-upload")]
    [InlineData("{0}/0/no-such-upload")]
    [InlineData("{0}/1073741825/no-such-upload")]
    [InlineData("{0}/9/")]
    [InlineData("../raw/2026/9/no-such-upload")]
    public async Task A_forged_upload_id_is_no_upload(string token)
    {
        var text = string.Format(null, token, Guid.CreateVersion7(_time.GetUtcNow()).ToString("N"));
        var id = text.Contains('/', StringComparison.Ordinal) ? Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text)) : Uri.EscapeDataString(text);

        await ApiWorld.RefusedAsync(await CompleteAsync(id, [(1, "\"a\"")]), 404, "upload_id");
        await ApiWorld.RefusedAsync(await DeleteAsync(id), 404, "upload_id");
    }

    [Theory]
    [InlineData("""{"parts":[]}""", "parts")]
    [InlineData("""{"parts":[null]}""", "parts")]
    [InlineData("""{"parts":[{"part_number":2,"etag":"a"}]}""", "parts")]
    [InlineData("""{"parts":[{"part_number":1,"etag":"a"},{"part_number":1,"etag":"a"}]}""", "parts")]
    [InlineData("""{"parts":[{"part_number":1,"etag":"a"},{"part_number":2,"etag":"b"}]}""", "parts")]
    [InlineData("""{"parts":[{"part_number":1}]}""", "parts[0].etag")]
    [InlineData("""{"parts":[{"part_number":1,"etag":"a b"}]}""", "parts[0].etag")]
    [InlineData("""{"parts":[{"part_number":1,"etag":"another"}]}""", "parts")]
    public async Task Parts_that_are_not_those_of_the_upload_are_refused_and_it_can_still_be_completed(string json, string field)
    {
        var (upload, parts) = await UploadAsync("Quiz1,85\n");

        await ApiWorld.RefusedAsync(await _world.PostAsync($"{Uploads}/{IdOf(upload)}/complete", json), 422, field);

        await SheetWorld.AcceptedIdAsync(CompleteAsync(upload, parts));
    }

    [Theory]
    [InlineData("{}", 422, "size_bytes")]
    [InlineData("""{"size_bytes":0}""", 422, "size_bytes")]
    [InlineData("""{"size_bytes":1073741825}""", 422, "size_bytes")]
    [InlineData("""{"size_bytes":"9"}""", 400, "size_bytes")]
    [InlineData("""{"size_bytes":9,"name":"sheet.csv"}""", 400, "name")]
    public async Task A_size_that_no_sheet_can_have_is_refused(string json, int status, string field)
    {
        await ApiWorld.RefusedAsync(await _world.PostAsync(Uploads, json), status, field);
        Assert.Empty(_world.S3.Calls);
    }

    [Fact]
    public async Task The_largest_sheet_has_an_address_for_each_of_its_parts_and_their_lengths_are_signed()
    {
        var parts = (await BeginAsync(1L << 30)).GetProperty("parts").EnumerateArray().ToList();

        Assert.Equal(Enumerable.Range(1, 128), parts.Select(part => part.GetProperty("part_number").GetInt32()));
        Assert.Equal(128, parts.Select(part => part.GetProperty("url").GetString()).Distinct().Count());
        Assert.All(parts, part => Assert.Matches("X-Amz-SignedHeaders=content-length%3Bhost&", part.GetProperty("url").GetString()));
        // The SDK counts from the system's clock, up to whole seconds.
        Assert.All(parts, part => Assert.Matches("X-Amz-Expires=(35[0-9]{2}|360[01])&", part.GetProperty("url").GetString()));
    }

    private static string IdOf(JsonElement upload) => upload.GetProperty("upload_id").GetString()!;

    private async Task<JsonElement> BeginAsync(long size)
    {
        var response = await _world.PostAsync(Uploads, $$"""{"size_bytes":{{size}}}""");
        var upload = await ApiWorld.ReadAsync(response);
        Assert.Equal((HttpStatusCode.Created, $"{Uploads}/{IdOf(upload)}"), (response.StatusCode, response.Headers.Location?.ToString()));
        return upload;
    }

    private async Task<(JsonElement Upload, List<(int, string)> Parts)> UploadAsync(string sheet)
    {
        var bytes = Encoding.UTF8.GetBytes(sheet);
        var upload = await BeginAsync(bytes.Length);
        return (upload, [await PutAsync(upload.GetProperty("parts")[0], bytes)]);
    }

    private static Task<(int, string)> PutAsync(JsonElement part, byte[] sheet)
    {
        var from = (part.GetProperty("part_number").GetInt32() - 1) * PartSize;
        return PutBytesAsync(part, sheet.AsSpan(from, part.GetProperty("size_bytes").GetInt32()).ToArray());
    }

    private static async Task<(int, string)> PutBytesAsync(JsonElement part, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        var response = await Plain.PutAsync(part.GetProperty("url").GetString(), content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (part.GetProperty("part_number").GetInt32(), response.Headers.ETag!.Tag);
    }

    private Task<HttpResponseMessage> CompleteAsync(JsonElement upload, List<(int, string)> parts) => CompleteAsync(IdOf(upload), parts);

    private Task<HttpResponseMessage> CompleteAsync(string uploadId, List<(int Number, string ETag)> parts) => _world.PostAsync(
        $"{Uploads}/{uploadId}/complete",
        JsonSerializer.Serialize(new { parts = parts.Select(part => new { part_number = part.Number, etag = part.ETag }) }));

    private Task<HttpResponseMessage> DeleteAsync(string uploadId) => _world.Http.DeleteAsync(new Uri($"{Uploads}/{uploadId}", UriKind.Relative));
}
