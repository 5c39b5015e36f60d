using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace QuizAspire.Tests.Support.Otlp;

/// <summary>
/// An OTLP collector on loopback, over HTTP and over gRPC, that keeps what it gets and can be made to misbehave while it runs.
/// </summary>
internal sealed class CollectorStub : IAsyncDisposable
{
    /// <summary>What a header of an OTLP/gRPC message takes: whether it is compressed, and its length.</summary>
    private const int GrpcFrame = 5;

    private readonly ConcurrentQueue<OtlpSpan> _spans = new();
    private readonly ConcurrentQueue<OtlpLog> _logs = new();
    private readonly ConcurrentQueue<OtlpMetric> _metrics = new();
    private readonly ConcurrentQueue<string> _defects = new();
    private readonly int _httpPort;
    private readonly int _grpcPort;
    private readonly bool _keeps;
    private WebApplication? _app;
    private volatile CollectorMode _mode;
    private long _requests, _redirected, _bytes, _spanCount, _logCount, _pointCount;

    private CollectorStub(int httpPort, int grpcPort, bool keeps) => (_httpPort, _grpcPort, _keeps) = (httpPort, grpcPort, keeps);

    /// <summary>Value of <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> for the protocol <c>http/protobuf</c>.</summary>
    public string HttpEndpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_httpPort}");

    /// <summary>Value of <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> for the protocol <c>grpc</c>.</summary>
    public string GrpcEndpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_grpcPort}");

    public CollectorMode Mode
    {
        get => _mode;
        set => _mode = value;
    }

    /// <summary>What was received in the mode <see cref="CollectorMode.Good"/>, in the order of its arrival.</summary>
    public IReadOnlyCollection<OtlpSpan> Spans => _spans;

    public IReadOnlyCollection<OtlpLog> Logs => _logs;

    /// <summary>Every export of every metric, so that the last one of a name has the newest state.</summary>
    public IReadOnlyCollection<OtlpMetric> Metrics => _metrics;

    /// <summary>Requests that were no OTLP.</summary>
    public IReadOnlyCollection<string> Defects => _defects;

    /// <summary>Export requests in whatever mode; each attempt counts.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Requests that followed a redirection, which an exporter must not.</summary>
    public long Redirected => Interlocked.Read(ref _redirected);

    /// <summary>Bytes of requests that were read, as they came.</summary>
    public long BytesRead => Interlocked.Read(ref _bytes);

    public long SpanCount => Interlocked.Read(ref _spanCount);

    public long LogCount => Interlocked.Read(ref _logCount);

    public long PointCount => Interlocked.Read(ref _pointCount);

    /// <param name="keeps">False counts what comes and forgets it, for long loads.</param>
    public static async Task<CollectorStub> StartAsync(int httpPort, int grpcPort, CollectorMode mode = CollectorMode.Good, bool keeps = true)
    {
        var stub = new CollectorStub(httpPort, grpcPort, keeps) { Mode = mode };
        await stub.ComeBackAsync();
        return stub;
    }

    /// <summary>Nobody listens on its ports any more; calls that it has are cut off.</summary>
    public async Task GoDownAsync()
    {
        if (Interlocked.Exchange(ref _app, null) is { } app)
            await app.DisposeAsync();
    }

    /// <summary>Listens again, on the same ports.</summary>
    public async Task ComeBackAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseShutdownTimeout(TimeSpan.Zero);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, _httpPort, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, _grpcPort, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        var app = builder.Build();
        const string Services = "/opentelemetry.proto.collector";
        MapBoth("/v1/traces", $"{Services}.trace.v1.TraceService/Export", TakeSpans);
        MapBoth("/v1/logs", $"{Services}.logs.v1.LogsService/Export", TakeLogs);
        MapBoth("/v1/metrics", $"{Services}.metrics.v1.MetricsService/Export", TakeMetrics);
        app.Map(CollectorAnswers.RedirectedPath, () => { Interlocked.Increment(ref _redirected); });
        await app.StartAsync();
        _app = app;

        void MapBoth(string http, string grpc, Action<ReadOnlyMemory<byte>> take)
        {
            app.MapPost(http, context => ExportAsync(context, isGrpc: false, take));
            app.MapPost(grpc, context => ExportAsync(context, isGrpc: true, take));
        }
    }

    public async ValueTask DisposeAsync() => await GoDownAsync();

    private async Task ExportAsync(HttpContext http, bool isGrpc, Action<ReadOnlyMemory<byte>> take)
    {
        Interlocked.Increment(ref _requests);
        var mode = Mode;
        try
        {
            var body = await ReadAsync(http.Request, isGrpc);
            if (mode == CollectorMode.Good)
                take(body);
            await CollectorAnswers.WriteAsync(mode, http, isGrpc);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // Who exports has given up.
        }
        catch (InvalidDataException wrong)
        {
            _defects.Enqueue($"{http.Request.Path}: {wrong.Message}");
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, bool isGrpc)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        Interlocked.Add(ref _bytes, buffer.Length);
        var body = buffer.ToArray();
        var isCompressed = isGrpc ? body.Length > 0 && body[0] == 1 : request.Headers.ContentEncoding == "gzip";
        if (isGrpc)
        {
            if (body.Length < GrpcFrame || BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(1)) != body.Length - GrpcFrame)
                throw new InvalidDataException("not one gRPC message");
            body = body[GrpcFrame..];
        }

        if (!isCompressed)
            return body;
        using var plain = new MemoryStream();
        using (var compressed = new GZipStream(new MemoryStream(body), CompressionMode.Decompress))
            await compressed.CopyToAsync(plain);
        return plain.ToArray();
    }

    private void TakeSpans(ReadOnlyMemory<byte> body) => Interlocked.Add(ref _spanCount, Keep(OtlpDecoder.Spans(body.Span), _spans));

    private void TakeLogs(ReadOnlyMemory<byte> body) => Interlocked.Add(ref _logCount, Keep(OtlpDecoder.Logs(body.Span), _logs));

    private void TakeMetrics(ReadOnlyMemory<byte> body)
    {
        var metrics = OtlpDecoder.Metrics(body.Span);
        Interlocked.Add(ref _pointCount, metrics.Sum(metric => metric.Points.Count));
        Keep(metrics, _metrics);
    }

    private int Keep<T>(IReadOnlyList<T> items, ConcurrentQueue<T> kept)
    {
        if (_keeps)
            foreach (var item in items)
                kept.Enqueue(item);
        return items.Count;
    }
}
