using System.Net;
using QuizAspire.ServiceDefaults.Telemetry;

namespace QuizAspire.Tests.ServiceDefaults;

public sealed class CollectorHandlerTests
{
    private static readonly Uri Address = new("http://127.0.0.1:1/v1/traces");

    [Fact]
    public async Task Of_an_endless_answer_over_gRPC_little_is_read_and_it_is_no_success()
    {
        using var endless = new EndlessStream();
        var watch = new CollectorWatch(TimeProvider.System);
        using var client = ClientOf(endless, watch);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(Address, null));

        Assert.InRange(endless.BytesRead, 1, 256 * 1024);
        Assert.True(watch.IsSuspect);
        Assert.True(watch.Idle.IsCompleted);
    }

    [Fact]
    public void Of_an_answer_over_HTTP_nothing_is_read_but_its_status()
    {
        using var endless = new EndlessStream();
        var watch = new CollectorWatch(TimeProvider.System);
        using var client = ClientOf(endless, watch);
        using var request = new HttpRequestMessage(HttpMethod.Post, Address);

        using var answer = client.Send(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, endless.BytesRead);
        Assert.False(watch.IsSuspect);
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("14", true)]
    [InlineData(null, true)]
    public async Task What_a_collector_over_gRPC_says_at_the_end_decides(string? status, bool isSuspect)
    {
        var watch = new CollectorWatch(TimeProvider.System);
        using var client = ClientOf(new MemoryStream(new byte[5]), watch, status);

        using var answer = await client.PostAsync(Address, null);

        Assert.Equal(isSuspect, watch.IsSuspect);
    }

    private static HttpClient ClientOf(Stream body, CollectorWatch watch, string? status = null) =>
        new(new CollectorHandler(new Answering(body, status), watch, signer: null, CancellationToken.None));

    private sealed class Answering(Stream body, string? status) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new HttpResponseMessage { Content = new StreamContent(body), RequestMessage = request };
            if (status is not null)
                answer.TrailingHeaders.Add("grpc-status", status);
            return answer;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }

    private sealed class EndlessStream : Stream
    {
        public long BytesRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            BytesRead += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
