using System.Collections.Concurrent;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api.Support;

/// <summary>Between the SDK and the emulator's SQS: tells what was really sent, and holds sends up when told to.</summary>
internal sealed class SqsWire : IAsyncDisposable
{
    private readonly AwsProxy _proxy;
    private readonly ConcurrentDictionary<string, string> _traceHeaders = new();
    private TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    private SqsWire(AwsProxy proxy)
    {
        _proxy = proxy;
        _open.SetResult();
        Client = new AmazonSQSClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonSQSConfig { ServiceURL = proxy.Endpoint, AuthenticationRegion = "us-west-1", MaxErrorRetry = 0 });
    }

    public IAmazonSQS Client { get; }

    /// <summary>By message group, the <c>AWSTraceHeader</c> that its entry had on the wire: the emulator takes it and does not give it back.</summary>
    public IReadOnlyDictionary<string, string> TraceHeaders => _traceHeaders;

    public static async Task<SqsWire> StartAsync(string emulator)
    {
        var wire = new SqsWire(await AwsProxy.StartAsync(emulator));
        wire._proxy.Intercept = wire.PassAsync;
        return wire;
    }

    /// <summary>From now on sends wait.</summary>
    public void Hold() => (_open, _calls) = (new(TaskCreationOptions.RunContinuationsAsynchronously), 0);

    public void LetGo() => _open.SetResult();

    public Task IsCalledAsync() => Eventually.BecomesTrueAsync(() => Task.FromResult(Volatile.Read(ref _calls) > 0), "something is sent");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _proxy.DisposeAsync();
    }

    private async Task<AwsAnswer> PassAsync(AwsCall call)
    {
        if (call.Operation == "SendMessageBatch")
        {
            foreach (var entry in JsonElement.Parse(call.Body).GetProperty("Entries").EnumerateArray())
            {
                if (entry.TryGetProperty("MessageSystemAttributes", out var attributes))
                    _traceHeaders[entry.GetProperty("MessageGroupId").GetString()!] =
                        attributes.GetProperty("AWSTraceHeader").GetProperty("StringValue").GetString()!;
            }
            Interlocked.Increment(ref _calls);
            await _open.Task;
        }
        return await call.ForwardAsync();
    }
}
