using System.Collections.Concurrent;
using System.Text.Json;

namespace Standins.Tests.Lambda;

/// <summary>The records of an SQS event, and the answer to them.</summary>
internal static class SqsRecords
{
    public static List<(string Id, string Body, string Group)> Of(string input) =>
    [
        .. JsonElement.Parse(input).GetProperty("Records").EnumerateArray().Select(record => (
            record.GetProperty("messageId").GetString()!,
            record.GetProperty("body").GetString()!,
            record.GetProperty("attributes").GetProperty("MessageGroupId").GetString()!))
    ];

    public static string Handle(string input, ConcurrentQueue<string> handled)
    {
        foreach (var record in Of(input))
            handled.Enqueue(record.Body);
        return Failures([]);
    }

    public static string Failures(IEnumerable<string> ids) =>
        $$"""{"batchItemFailures":[{{string.Join(',', ids.Select(id => $$"""{"itemIdentifier":"{{id}}"}"""))}}]}""";
}
