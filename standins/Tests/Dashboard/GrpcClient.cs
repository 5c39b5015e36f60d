using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Standins.Tests.Dashboard;

/// <summary>The client's half of gRPC on HttpClient, written apart from the server's so that one checks the other.</summary>
internal sealed class GrpcClient(string url, string? apiKey) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(url) };

    public async Task<GrpcReply> SendAsync(
        string method, HttpContent content, Action<HttpRequestMessage>? configure = null, CancellationToken cancellationToken = default)
    {
        content.Headers.ContentType ??= new MediaTypeHeaderValue("application/grpc");
        var request = new HttpRequestMessage(HttpMethod.Post, $"/aspire.v1.DashboardService/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TE.ParseAdd("trailers");
        if (apiKey is not null)
            request.Headers.Add("x-resource-service-api-key", apiKey);
        configure?.Invoke(request);
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return new GrpcReply(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    public Task<GrpcReply> SendAsync(string method, IMessage message, CancellationToken cancellationToken = default) =>
        SendAsync(method, new ByteArrayContent(Frame(message.ToByteArray())), null, cancellationToken);

    public static byte[] Frame(byte[] message, byte flag = 0)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    public void Dispose() => _http.Dispose();
}

internal sealed class GrpcReply(HttpResponseMessage response, Stream body) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public HttpResponseMessage Response { get; } = response;

    /// <summary>The next message, or null when the server has ended the call.</summary>
    public async Task<T?> ReadAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        using var deadline = new CancellationTokenSource(Patience);
        var header = new byte[5];
        if (await body.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, deadline.Token) == 0)
            return null;
        Assert.Equal(0, header[0]);
        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1))];
        await body.ReadExactlyAsync(message, deadline.Token);
        return parser.ParseFrom(message);
    }

    /// <summary>Reads whatever is left, and the trailers behind it.</summary>
    public async Task<(int Status, string Message)> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await body.CopyToAsync(Stream.Null, deadline.Token);
        Assert.Equal(HttpStatusCode.OK, Response.StatusCode);
        var message = Response.TrailingHeaders.TryGetValues("grpc-message", out var values) ? values.Single() : "";
        return (int.Parse(Response.TrailingHeaders.GetValues("grpc-status").Single(), null), Uri.UnescapeDataString(message));
    }

    public void Dispose() => Response.Dispose();
}

/// <summary>A request body that is sent piece by piece, each in a frame of its own, and stays open as long as its pieces take to come.</summary>
internal sealed class PiecewiseContent(IAsyncEnumerable<byte[]> pieces) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.FlushAsync();
        await foreach (var piece in pieces)
        {
            await stream.WriteAsync(piece);
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
