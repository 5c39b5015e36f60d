using System.Net.Sockets;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.S3;
using Amazon.SQS;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QuizAspire.Api.Statistics;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api.Statistics;

/// <summary>A failure at each step, and the same request again.</summary>
[Collection(UsesEmulators.Name)]
public sealed class StatisticsFaultTests(Emulators emulators)
{
    private const int ThreeParts = 17 * 1024 * 1024;

    [Theory]
    [InlineData("PutObject", 100)]
    [InlineData("InitiateMultipartUpload", ThreeParts)]
    [InlineData("UploadPart", ThreeParts)]
    [InlineData("CompleteMultipartUpload", ThreeParts)]
    public async Task S3_that_does_not_take_the_sheet_is_told_and_nothing_is_left(string failing, int bytes)
    {
        await using var world = await SheetWorld.StartAsync(emulators);
        world.S3.Before = (call, _) => call == failing ? throw new AmazonS3Exception("injected") : Task.CompletedTask;

        await RefusedAsync(await world.PostStreamAsync(Sheet(bytes)));
        Assert.Contains(failing, world.S3.Calls);
        await world.NothingIsLeftAsync();

        world.S3.Before = (_, _) => Task.CompletedTask;
        var id = await SheetWorld.AcceptedIdAsync(world.PostStreamAsync(Sheet(bytes)));
        Assert.Equal(id, (await world.MessageAsync()).StatisticsId);
    }

    [Theory]
    [InlineData("PutObject", 100)]
    [InlineData("CompleteMultipartUpload", ThreeParts)]
    public async Task S3_that_took_the_sheet_without_saying_so_keeps_nothing_of_it(string failing, int bytes)
    {
        await using var world = await SheetWorld.StartAsync(emulators);
        world.S3.After = call => call == failing ? throw new HttpRequestException("injected") : Task.CompletedTask;

        await RefusedAsync(await world.PostStreamAsync(Sheet(bytes)));

        Assert.Contains(failing, world.S3.Calls);
        await world.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_part_that_fails_late_ends_the_sheet_before_it_is_read_to_its_end()
    {
        await using var world = await SheetWorld.StartAsync(emulators);
        var parts = 0;
        world.S3.Before = (call, _) => call == "UploadPart" && Interlocked.Increment(ref parts) == 2
            ? throw new AmazonS3Exception("injected")
            : Task.CompletedTask;

        await RefusedAsync(await world.PostStreamAsync(Sheet(5 * ThreeParts)));

        Assert.Equal(2, parts);
        await world.NothingIsLeftAsync();
    }

    [Fact]
    public async Task S3_that_cannot_be_reached_at_all_is_told()
    {
        await using var world = await SheetWorld.StartAsync(emulators);
        await using var cut = world.StartOther(
            emulators, services: services => services.Replace(ServiceDescriptor.Singleton<IAmazonS3>(_ => new WatchedS3("http://127.0.0.1:1"))));

        await RefusedAsync(await cut.PostCsvAsync("Quiz1,85"));

        await world.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_table_that_is_down_is_told_nothing_is_sent_and_the_same_sheet_is_accepted_afterwards()
    {
        await using var world = await SheetWorld.StartAsync(emulators);
        await using var cut = world.StartOther(
            emulators, services: services => services.Replace(ServiceDescriptor.Singleton(_ => LocalDynamo.ClientOf("http://127.0.0.1:1"))));

        await RefusedAsync(await cut.PostCsvAsync("Quiz1,85"));

        await world.NothingIsSentAsync();
        var id = await SheetWorld.AcceptedIdAsync(world.PostCsvAsync("Quiz1,85"));
        Assert.Equal(id, (await world.MessageAsync()).StatisticsId);
    }

    [Fact]
    public async Task A_queue_that_is_down_is_told_no_job_is_seen_and_the_same_sheet_is_the_job_that_was_recorded()
    {
        await using var world = await SheetWorld.StartAsync(emulators);
        var resources = new Dictionary<string, string>(world.Api.Resources);
        resources["StatisticsRequestsQueueUrl"] += "-gone";
        await using var cut = world.StartOther(emulators, resources: resources);

        await RefusedAsync(await cut.PostCsvAsync("Quiz1,85"));
        Assert.Empty((await world.Api.GetAsync("/statistics")).GetProperty("statistics").EnumerateArray());
        var key = Assert.Single(await world.KeysAsync());

        var again = await world.PostCsvAsync("Quiz1,85");
        Assert.True(SheetWorld.IsReplayed(again));
        var message = await world.MessageAsync();
        Assert.Equal((await SheetWorld.AcceptedIdAsync(Task.FromResult(again)), key), (message.StatisticsId, message.ObjectKey));
        Assert.Equal([key], await world.KeysAsync());
    }

    [Fact]
    public async Task A_job_that_cannot_be_shown_is_told_and_the_same_sheet_shows_it()
    {
        await using var proxy = await AwsProxy.StartAsync(emulators.Dynamo.Endpoint);
        await using var world = await SheetWorld.StartAsync(
            emulators, services: services => services.Replace(ServiceDescriptor.Singleton(_ => LocalDynamo.ClientOf(proxy.Endpoint))));
        proxy.Intercept = call => call.Operation == "PutItem" && call.Body.Contains("listing", StringComparison.Ordinal)
            ? Task.FromResult(AwsAnswer.JsonError("InternalServerError", 500))
            : call.ForwardAsync();

        await RefusedAsync(await world.PostCsvAsync("Quiz1,85"));
        var sent = await world.MessageAsync();

        proxy.Intercept = call => call.ForwardAsync();
        Assert.Equal(sent.StatisticsId, await SheetWorld.AcceptedIdAsync(world.PostCsvAsync("Quiz1,85")));
        Assert.Equal("queued", (await world.JobAsync(sent.StatisticsId)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_second_object_that_cannot_be_deleted_costs_nothing_but_its_place()
    {
        await using var world = await SheetWorld.StartAsync(emulators);
        var id = await SheetWorld.AcceptedIdAsync(world.PostCsvAsync("Quiz1,85"));
        world.S3.Before = (call, _) => call == "DeleteObject" ? throw new AmazonS3Exception("injected") : Task.CompletedTask;

        Assert.Equal(id, await SheetWorld.AcceptedIdAsync(world.PostCsvAsync("Quiz1,85")));

        Assert.Contains("DeleteObject", world.S3.Calls);
        Assert.Equal(2, (await world.KeysAsync()).Count);
    }

    [Fact]
    public async Task More_sheets_at_once_than_the_process_can_hold_are_told_to_come_back()
    {
        await using var world = await SheetWorld.StartAsync(emulators);
        var sheets = world.Api.Services.GetRequiredService<SheetBucket>();
        var places = new List<IDisposable>();
        while (sheets.TryEnter() is { } place)
            places.Add(place);
        Assert.Equal(16, places.Count);

        await RefusedAsync(await world.PostCsvAsync("Quiz1,85"));
        Assert.Empty(world.S3.Calls);

        places[0].Dispose();
        await SheetWorld.AcceptedIdAsync(world.PostCsvAsync("Quiz1,85"));
    }

    [Theory]
    [InlineData("Content-Length: 30000000")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task A_client_that_hangs_up_in_the_middle_leaves_neither_object_nor_upload_nor_message(string framing)
    {
        await using var world = await SheetWorld.StartAsync(emulators, onKestrel: true);
        using (var client = new TcpClient())
        {
            var address = world.Http.BaseAddress!;
            await client.ConnectAsync(address.Host, address.Port);
            var stream = client.GetStream();
            var head = $"POST /statistics HTTP/1.1\r\nHost: quiz\r\nContent-Type: text/csv\r\n{framing}\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
            var part = new byte[9 * 1024 * 1024];
            if (framing.Contains("chunked", StringComparison.Ordinal))
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{part.Length + 1:x}\r\n"));
            await stream.WriteAsync(part);
            await Eventually.BecomesTrueAsync(() => Task.FromResult(world.S3.Calls.Contains("UploadPart")), "a part sent to S3");
        }

        await Eventually.BecomesTrueAsync(() => Task.FromResult(world.S3.Calls.Contains("AbortMultipartUpload")), "the upload aborted");
        await world.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_client_that_hangs_up_while_s3_hangs_ends_the_call_to_s3()
    {
        await using var world = await SheetWorld.StartAsync(emulators);
        var hanging = new TaskCompletionSource();
        world.S3.Before = async (call, aborted) =>
        {
            if (call != "UploadPart")
                return;
            hanging.TrySetResult();
            await aborted.AsTask();
            aborted.ThrowIfCancellationRequested();
        };
        using var client = new CancellationTokenSource();
        using var content = new StreamContent(Sheet(ThreeParts));
        content.Headers.ContentType = new("text/csv");

        var request = world.Http.PostAsync(new Uri("/statistics", UriKind.Relative), content, client.Token);
        await hanging.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await world.NothingIsLeftAsync();
    }

    private static MemoryStream Sheet(int bytes)
    {
        var sheet = new byte[bytes];
        Array.Fill(sheet, (byte)'1');
        return new MemoryStream(sheet);
    }

    private static async Task RefusedAsync(HttpResponseMessage response)
    {
        Assert.True((int)response.StatusCode == 503, $"{response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        Assert.True(response.Headers.Contains("Retry-After"));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
