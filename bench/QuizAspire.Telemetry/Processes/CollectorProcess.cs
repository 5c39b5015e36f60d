using System.Globalization;
using System.Text.Json;
using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.TelemetryBench.Processes;

/// <summary>What a collector has got, and whether any of it was no OTLP.</summary>
internal sealed record Received(long Requests, long Bytes, long Spans, long Logs, long Points, int Defects);

/// <summary>
/// A collector in a process of its own, so that its work is not counted with what is measured: it decodes everything, counts and forgets it.
/// It tells its counts when a line is written to it, which may name another mode, and ends with its input.
/// </summary>
internal sealed class CollectorProcess : IAsyncDisposable
{
    public const string Command = "collector";

    private const string Down = "Down";

    private readonly Child _child;
    private readonly int _httpPort;
    private readonly int _grpcPort;

    private CollectorProcess(Child child, int httpPort, int grpcPort) => (_child, _httpPort, _grpcPort) = (child, httpPort, grpcPort);

    public static async Task<CollectorProcess> StartAsync()
    {
        var (http, grpc) = (Repository.FreePort(), Repository.FreePort());
        string[] arguments = [Command, http.ToString(CultureInfo.InvariantCulture), grpc.ToString(CultureInfo.InvariantCulture)];
        var collector = new CollectorProcess(Child.StartAssembly(typeof(CollectorProcess).Assembly.Location, [], arguments), http, grpc);
        await collector.AskAsync();
        return collector;
    }

    public string Endpoint(bool grpc) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{(grpc ? _grpcPort : _httpPort)}");

    public async Task<Received> AskAsync() => JsonSerializer.Deserialize<Received>(await _child.AskAsync(""))!;

    public Task ChangeAsync(CollectorMode? mode) => _child.AskAsync(mode?.ToString() ?? Down);

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    /// <summary>The process itself.</summary>
    public static async Task ServeAsync(int httpPort, int grpcPort)
    {
        await using var stub = await CollectorStub.StartAsync(httpPort, grpcPort, keeps: false);
        var isUp = true;
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line == Down)
            {
                await stub.GoDownAsync();
                isUp = false;
            }
            else if (line.Length > 0)
            {
                stub.Mode = Enum.Parse<CollectorMode>(line);
                if (!isUp)
                    await stub.ComeBackAsync();
                isUp = true;
            }

            Console.WriteLine(JsonSerializer.Serialize(
                new Received(stub.Requests, stub.BytesRead, stub.SpanCount, stub.LogCount, stub.PointCount, stub.Defects.Count)));
        }
    }
}
