using System.Net;
using System.Net.Http.Headers;
using Aspire.Hosting;
using Aspire.Hosting.Dashboard.Grpc;
using Aspire.Hosting.Dashboard.Protos;

namespace Standins.Tests.Dashboard;

public class ProtocolTests
{
    private const int DeadlineExceeded = 4;
    private const int ResourceExhausted = 8;
    private const int Unimplemented = 12;
    private const int Internal = 13;
    private const int Unavailable = 14;
    private const int Unauthenticated = 16;

    [Fact]
    public async Task Unary_call_gives_its_message_and_ends_well()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        using var reply = await fixture.Client.SendAsync("GetApplicationInformation", new Nothing());

        Assert.Equal("Quiz", (await reply.ReadAsync(ApplicationInformation.Parser))!.ApplicationName);
        Assert.Equal((0, ""), await reply.EndAsync());
    }

    [Fact]
    public async Task Request_that_arrives_in_pieces_of_any_size_is_read()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        var frame = GrpcClient.Frame(Google.Protobuf.MessageExtensions.ToByteArray(new CommandRequest { CommandName = "go", ResourceName = "api" }));

        for (var size = 1; size < frame.Length; size++)
        {
            var pieces = frame.Chunk(size).ToAsyncEnumerable();
            using var reply = await fixture.Client.SendAsync("ExecuteResourceCommand", new PiecewiseContent(pieces));
            Assert.Contains("api", (await reply.ReadAsync(CommandReply.Parser))!.Message, StringComparison.Ordinal);
            Assert.Equal((0, ""), await reply.EndAsync());
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("the key of this run and more")]
    [InlineData("another key, same length")]
    public async Task Without_the_key_of_the_run_nothing_is_told(string? key)
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        using var stranger = new GrpcClient(fixture.Url, key);
        using var reply = await stranger.SendAsync("WatchResources", new Nothing());

        Assert.Null(await reply.ReadAsync(WatchResourcesUpdate.Parser));
        Assert.Equal(Unauthenticated, (await reply.EndAsync()).Status);
    }

    [Fact]
    public async Task Unknown_method_is_unimplemented_and_named()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        using var reply = await fixture.Client.SendAsync("UploadFile", new Nothing());
        var (status, message) = await reply.EndAsync();

        Assert.Equal(Unimplemented, status);
        Assert.Contains("UploadFile", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_gRPC_is_an_unsupported_media_type()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        var json = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        using var reply = await fixture.Client.SendAsync("GetApplicationInformation", json);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, reply.Response.StatusCode);
    }

    [Fact]
    public async Task Compressed_message_is_refused_and_the_accepted_encoding_named()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        var content = new ByteArrayContent(GrpcClient.Frame([1, 2, 3], flag: 1));
        using var reply = await fixture.Client.SendAsync(
            "GetApplicationInformation", content, request => request.Headers.Add("grpc-encoding", "gzip"));

        Assert.Equal("identity", reply.Response.Headers.GetValues("grpc-accept-encoding").Single());
        Assert.Equal(Unimplemented, (await reply.EndAsync()).Status);
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 0, 0, 0 }, Internal)]
    [InlineData(new byte[] { 7, 0, 0, 0, 0 }, Internal)]
    [InlineData(new byte[] { 0, 0, 0 }, Internal)]
    [InlineData(new byte[] { 0, 0, 0, 0, 4, 1 }, Internal)]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, Internal)]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 0xFF }, Internal)]
    [InlineData(new byte[] { 0, 0xFF, 0xFF, 0xFF, 0xFF }, ResourceExhausted)]
    public async Task Broken_frame_ends_the_call_with_its_reason(byte[] body, int expected)
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        using var reply = await fixture.Client.SendAsync("ExecuteResourceCommand", new ByteArrayContent(body));
        var (status, message) = await reply.EndAsync();

        Assert.Equal(expected, status);
        Assert.NotEmpty(message);
    }

    [Fact]
    public async Task Message_up_to_the_limit_is_read()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        var request = new CommandRequest { CommandName = new string('x', GrpcFraming.MaxMessageLength - 100), ResourceName = "api" };
        using var reply = await fixture.Client.SendAsync("ExecuteResourceCommand", request);

        Assert.NotNull(await reply.ReadAsync(CommandReply.Parser));
        Assert.Equal((0, ""), await reply.EndAsync());
    }

    [Fact]
    public async Task Deadline_of_the_caller_ends_a_watch()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        using var reply = await fixture.Client.SendAsync(
            "WatchResources", new ByteArrayContent(GrpcClient.Frame([])), request => request.Headers.Add("grpc-timeout", "300m"));

        Assert.NotNull(await reply.ReadAsync(WatchResourcesUpdate.Parser));
        Assert.Equal(DeadlineExceeded, (await reply.EndAsync()).Status);
    }

    [Theory]
    [InlineData("2H", 7_200_000)]
    [InlineData("3M", 180_000)]
    [InlineData("99999999S", 99_999_999_000)]
    [InlineData("250m", 250)]
    [InlineData("5000u", 5)]
    [InlineData("9000000n", 9)]
    public void Timeout_header_is_read_in_all_its_units(string header, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), GrpcTimeout.Parse(header));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("-1S")]
    [InlineData("123456789S")]
    [InlineData("5x")]
    public void Timeout_header_that_says_nothing_is_ignored(string? header) => Assert.Null(GrpcTimeout.Parse(header));

    [Fact]
    public void Status_message_survives_a_header()
    {
        const string Message = "100% of ö\nand \"quotes\"";
        var encoded = GrpcCall.PercentEncode(Message);

        Assert.All(encoded, character => Assert.InRange(character, ' ', '~'));
        Assert.Equal(Message, Uri.UnescapeDataString(encoded));
    }

    [Fact]
    public async Task Taken_port_is_an_error_that_names_it_and_its_setting()
    {
        await using var first = await ResourceServiceFixture.StartAsync();
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => ResourceServiceFixture.StartAsync(first.Url));

        Assert.Contains(first.Url, error.Message, StringComparison.Ordinal);
        Assert.Contains("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:15081")]
    [InlineData("http://example.com:15081")]
    [InlineData("https://localhost:15081")]
    public async Task Address_that_is_not_plain_http_on_loopback_is_refused(string url) =>
        await Assert.ThrowsAsync<DistributedApplicationException>(() => ResourceServiceFixture.StartAsync(url));

    [Fact]
    public async Task Stopping_host_ends_open_watches_as_unavailable()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        using var reply = await fixture.Client.SendAsync("WatchResources", new Nothing());
        Assert.NotNull(await reply.ReadAsync(WatchResourcesUpdate.Parser));

        var stopped = fixture.StopAsync();

        Assert.Equal(Unavailable, (await reply.EndAsync()).Status);
        await stopped.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Interactions_answer_at_once_and_stay_open_past_the_patience_of_Kestrel()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        using var end = new CancellationTokenSource();
        using var reply = await fixture.Client.SendAsync("WatchInteractions", new PiecewiseContent(Silence(end.Token)))
            .WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.OK, reply.Response.StatusCode);

        // Kestrel resets a body that is slower than its minimum rate after a grace of five seconds and one tick.
        var ended = reply.ReadAsync(WatchResourcesUpdate.Parser);
        await Assert.ThrowsAsync<TimeoutException>(() => ended.WaitAsync(TimeSpan.FromSeconds(8)));
        await end.CancelAsync();
    }

    private static async IAsyncEnumerable<byte[]> Silence(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return [];
        var silence = new TaskCompletionSource();
        await silence.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
