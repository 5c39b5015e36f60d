using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api.Statistics;

/// <summary>What tests of the statistics' routes say to the API, and see in its buckets, queue and table.</summary>
internal sealed class SheetWorld : IAsyncDisposable
{
    public const string Example = """{"data":["Quiz1,85,76,90","Quiz2,78,88,85","Quiz3,92,90,87"]}""";
    public const string ExampleSheet = "Quiz1,85,76,90\nQuiz2,78,88,85\nQuiz3,92,90,87\n";

    private const string Queue = "StatisticsRequestsQueueUrl";

    private SheetWorld(Emulators emulators, ApiWorld api) =>
        (Api, Jobs) = (api, new(emulators.Dynamo.Client, api.Resources["StatisticsJobsTableName"], TimeProvider.System));

    public ApiWorld Api { get; }

    public HttpClient Http => Api.Http;

    public WatchedS3 S3 => Api.S3;

    public StatisticsJobStore Jobs { get; }

    public string Bucket => Api.Resources["RawScoresBucketName"];

    public static async Task<SheetWorld> StartAsync(
        Emulators emulators, TimeProvider? time = null, Action<IServiceCollection>? services = null, bool onKestrel = false) =>
        new(emulators, await ApiWorld.StartAsync(emulators, time, services: services, onKestrel: onKestrel));

    /// <summary>Another instance of the API over the same buckets, queues and tables.</summary>
    public SheetWorld StartOther(
        Emulators emulators, TimeProvider? time = null, Action<IServiceCollection>? services = null, Dictionary<string, string>? resources = null) =>
        new(emulators, ApiWorld.StartOn(emulators, resources ?? Api.Resources, time, services: services));

    public Task<HttpResponseMessage> PostJsonAsync(string json, string? key = null) =>
        Api.SendAsync(HttpMethod.Post, "/statistics", Encoding.UTF8.GetBytes(json), key);

    public Task<HttpResponseMessage> PostCsvAsync(string csv, string? key = null, string contentType = "text/csv") =>
        Api.SendAsync(HttpMethod.Post, "/statistics", Encoding.UTF8.GetBytes(csv), key, contentType);

    /// <summary>Chunked, without a length beforehand.</summary>
    public Task<HttpResponseMessage> PostStreamAsync(Stream csv)
    {
        var content = new StreamContent(csv);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/csv");
        return Http.PostAsync(new Uri("/statistics", UriKind.Relative), content);
    }

    public async Task<HttpResponseMessage> PostQuizAsync(string quizId, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/quizzes/{quizId}/statistics");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json) => Api.SendAsync(HttpMethod.Post, path, Encoding.UTF8.GetBytes(json));

    /// <summary>The id of a request that must have been accepted.</summary>
    public static async Task<string> AcceptedIdAsync(Task<HttpResponseMessage> response)
    {
        var accepted = await response;
        Assert.True(accepted.StatusCode == HttpStatusCode.Accepted, $"{accepted.StatusCode} {await accepted.Content.ReadAsStringAsync()}");
        var body = await ApiWorld.ReadAsync(accepted);
        var id = body.GetProperty("statistics_id").GetString()!;
        Assert.Equal(("queued", $"/statistics/{id}"), (body.GetProperty("status").GetString(), accepted.Headers.Location?.ToString()));
        return id;
    }

    public static bool IsReplayed(HttpResponseMessage response) => response.Headers.Contains("Idempotency-Replayed");

    public async Task<StatisticsRequestMessage> MessageAsync() =>
        StatisticsRequestMessage.Read(Assert.Single(await Api.ReceiveAsync(1, Queue)).Body);

    public async Task<IReadOnlyList<StatisticsRequestMessage>> MessagesAsync(int count) =>
        [.. (await Api.ReceiveAsync(count, Queue)).Select(message => StatisticsRequestMessage.Read(message.Body))];

    public async Task NothingIsSentAsync() => Assert.Empty(await Api.ReceiveOnceAsync(Queue));

    /// <summary>Keys in the bucket of raw scores.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync() =>
        [.. (await S3.ListObjectsV2Async(new() { BucketName = Bucket })).S3Objects?.Select(o => o.Key) ?? []];

    public async Task<byte[]> BytesAsync(string key)
    {
        using var response = await S3.GetObjectAsync(Bucket, key);
        using var bytes = new MemoryStream();
        await response.ResponseStream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public async Task<string> TextAsync(string key) => Encoding.UTF8.GetString(await BytesAsync(key));

    /// <summary>Neither an object nor an open upload, nor a message, nor a job.</summary>
    public async Task NothingIsLeftAsync()
    {
        await Eventually.BecomesTrueAsync(async () => S3.Open.Count == 0 && (await KeysAsync()).Count == 0, "nothing left in the bucket");
        await NothingIsSentAsync();
        Assert.Empty((await Api.GetAsync("/statistics")).GetProperty("statistics").EnumerateArray());
    }

    public Task<JsonElement> JobAsync(string id) => Api.GetAsync($"/statistics/{id}");

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}
