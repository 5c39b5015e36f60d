using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>The age of a queue's oldest message, as fauxqs tells it: it lists messages with the time at which they were sent.</summary>
internal sealed class OldestMessage(HttpClient http, string fauxqs, string queue, TimeProvider time)
{
    // Every message is in the answer, and while fauxqs writes it it does nothing else: a long list is asked for as rarely as CloudWatch has
    // values.
    private const int LongList = 200;

    private static readonly TimeSpan LongListInterval = TimeSpan.FromMinutes(1);

    private DateTimeOffset _asked = DateTimeOffset.MinValue;

    /// <summary>In seconds, 0 for an empty queue; null when it was not asked for this time.</summary>
    public async Task<double?> AgeAsync(int messages, CancellationToken cancellation)
    {
        if (messages == 0)
            return 0;
        var now = time.GetUtcNow();
        if (messages > LongList && now - _asked < LongListInterval)
            return null;
        _asked = now;
        var address = $"{fauxqs}/_fauxqs/queues/{Uri.EscapeDataString(queue)}";
        var listed = await http.GetFromJsonAsync(address, FauxqsJson.Default.ListedQueue, cancellation);
        var sent = listed!.Messages.Sent.DefaultIfEmpty(now.ToUnixTimeMilliseconds()).Min();
        return Math.Max(0, Math.Floor((now.ToUnixTimeMilliseconds() - sent) / 1000.0));
    }
}

internal sealed record ListedQueue(ListedMessages Messages);

internal sealed record ListedMessages(
    IReadOnlyList<ListedMessage> Ready, IReadOnlyList<ListedMessage> Delayed, IReadOnlyList<ListedInFlight> Inflight)
{
    [JsonIgnore]
    public IEnumerable<long> Sent => Ready.Concat(Delayed).Concat(Inflight.Select(one => one.Message)).Select(message => message.SentTimestamp);
}

internal sealed record ListedInFlight(ListedMessage Message);

/// <param name="SentTimestamp">In Unix milliseconds. Bodies are not read.</param>
internal sealed record ListedMessage(long SentTimestamp);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ListedQueue))]
internal sealed partial class FauxqsJson : JsonSerializerContext;
