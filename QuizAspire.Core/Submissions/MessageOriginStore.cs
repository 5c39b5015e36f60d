using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.Submissions;

/// <summary>One message as it was received, of which the origin is asked.</summary>
/// <param name="Group">The message group.</param>
/// <param name="MessageId">Of this life.</param>
/// <param name="DeduplicationId">SQS puts a message's id here when it moves it to a dead-letter queue, and it stays when it is moved back.</param>
/// <param name="Stated">The origin that the message itself tells, or null.</param>
public sealed record MessageLife(string Group, string Body, string MessageId, string? DeduplicationId, DateTimeOffset SentAt, MessageOrigin? Stated)
{
    /// <summary>The origin as far as the message itself tells it.</summary>
    public MessageOrigin Apparent => Stated ?? new MessageOrigin(MessageId, SentAt);

    /// <summary>Ids under which its origin may be remembered.</summary>
    internal IEnumerable<string> Names()
    {
        if (Stated is not null)
            return [Stated.MessageId];
        if (DeduplicationId is null || DeduplicationId == MessageId)
            return [MessageId];
        return
        [
            DeduplicationId.StartsWith(MessageOrigin.DeduplicationPrefix, StringComparison.Ordinal)
                ? DeduplicationId[MessageOrigin.DeduplicationPrefix.Length..]
                : DeduplicationId,
            MessageId,
        ];
    }
}

/// <summary>
/// Origins of messages that tell neither an id nor a time of their own, in the table of accepted submissions. A redrive gives a message a new
/// id and a new time, and those were all there was to know it by; what is remembered here when it is received for the last time finds its
/// result again.
/// </summary>
public sealed class MessageOriginStore(IAmazonDynamoDB dynamo, string tableName, TimeProvider time, Backoff backoff)
{
    /// <summary>14 days in the dead-letter queue, 4 in its own again, and a day for visibility timeouts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(19);

    // BatchGetItem's limit.
    private const int MaxReads = 100;

    private const string MessageId = "message_id";
    private const string SentAt = "sent_at";

    /// <summary>Strongly consistent. One call for up to 50 messages.</summary>
    /// <returns>The origin of each, in their order; what the message itself tells where nothing is remembered.</returns>
    public async Task<IReadOnlyList<MessageOrigin>> FindAsync(IReadOnlyList<MessageLife> messages, CancellationToken cancellationToken)
    {
        var keys = messages.SelectMany(message => message.Names().Select(name => KeyOf(message, name))).Distinct().ToList();
        var found = new Dictionary<(string, string), MessageOrigin>();
        foreach (var chunk in keys.Chunk(MaxReads))
            await ReadAsync(chunk, found, cancellationToken);
        return [.. messages.Select(Remembered)];

        MessageOrigin Remembered(MessageLife message) =>
            message.Names().Select(name => found.GetValueOrDefault(KeyOf(message, name))).OfType<MessageOrigin>().FirstOrDefault()
            ?? message.Apparent;
    }

    /// <summary>Remembers origins under the ids that the messages will be known by after the next redrive.</summary>
    public async Task SaveAsync(IReadOnlyList<(MessageLife Message, MessageOrigin Origin)> origins, CancellationToken cancellationToken)
    {
        var expiresAt = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        var items = origins
            .SelectMany(pair => new[] { pair.Message.MessageId, pair.Origin.MessageId }.Distinct()
                .Select(name => (Key: KeyOf(pair.Message, name), pair.Origin)))
            .DistinctBy(item => item.Key)
            .Select(item => ItemOf(item.Key, item.Origin, expiresAt));
        // Few, and seldom: the messages of one batch that are received for the last time.
        await Task.WhenAll(items.Select(item => dynamo.PutItemAsync(new PutItemRequest { TableName = tableName, Item = item }, cancellationToken)));
    }

    // The body is part of the key, because a deduplication id is whatever a producer wants it to be.
    private static (string, string) KeyOf(MessageLife message, string messageId) =>
        (message.Group, $"origin#{Fingerprint.HexOf(messageId, message.Body)}");

    private static Dictionary<string, AttributeValue> ItemOf((string Group, string Key) key, MessageOrigin origin, long expiresAt)
    {
        var item = AcceptedItem.Key(key.Group, key.Key);
        item[MessageId] = new AttributeValue { S = origin.MessageId };
        item[SentAt] = new AttributeValue { S = Instants.ToText(origin.SentAt) };
        item[AcceptedItem.ExpiresAt] = new AttributeValue { N = expiresAt.ToString(CultureInfo.InvariantCulture) };
        return item;
    }

    private async Task ReadAsync(
        IEnumerable<(string Group, string Key)> keys, Dictionary<(string, string), MessageOrigin> found, CancellationToken cancellationToken)
    {
        var pending = new KeysAndAttributes { Keys = [.. keys.Select(key => AcceptedItem.Key(key.Group, key.Key))], ConsistentRead = true };
        for (var attempt = 0; pending is { Keys.Count: > 0 }; attempt++)
        {
            if (attempt > 0)
                await backoff.PauseAsync(attempt, cancellationToken);
            var request = new BatchGetItemRequest { RequestItems = new() { [tableName] = pending } };
            var response = await dynamo.BatchGetItemAsync(request, cancellationToken);
            foreach (var item in response.Responses?.GetValueOrDefault(tableName) ?? [])
                found[(item[AcceptedItem.StudentId].S, item[AcceptedItem.IdempotencyKey].S)] =
                    new MessageOrigin(item[MessageId].S, Instants.Parse(item[SentAt].S));
            pending = response.UnprocessedKeys?.GetValueOrDefault(tableName);
        }
    }
}
