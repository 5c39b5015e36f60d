using System.Text.Json;

namespace Amazon.Lambda.TestTool.EventSource;

/// <summary>Which messages of a batch succeeded, and are deleted; the others come back when their visibility timeout is over.</summary>
/// <param name="Succeeded">Message ids.</param>
/// <param name="Complaint">Why the whole batch failed, when it did; never a part of the payload.</param>
internal sealed record BatchSettlement(IReadOnlyList<string> Succeeded, string? Complaint = null)
{
    /// <summary>
    /// The rules of <c>ReportBatchItemFailures</c>. Success for all: no response, null, no list, a null or an empty list.
    /// Failure for all: a function error, a response that is not JSON or not of the right shape, an identifier that is null, empty,
    /// missing or not in the batch. Otherwise exactly what is listed has failed.
    /// </summary>
    public static BatchSettlement Decide(IReadOnlyList<string> messageIds, bool isFunctionError, ReadOnlyMemory<byte> response)
    {
        if (isFunctionError)
            return new([], "the function failed");
        if (response.IsEmpty)
            return new(messageIds);
        try
        {
            using var document = JsonDocument.Parse(response);
            return Decide(messageIds, document.RootElement);
        }
        catch (JsonException)
        {
            return new([], "the function's response is not JSON");
        }
    }

    private static BatchSettlement Decide(IReadOnlyList<string> messageIds, JsonElement response)
    {
        if (response.ValueKind == JsonValueKind.Null)
            return new(messageIds);
        if (response.ValueKind != JsonValueKind.Object)
            return new([], "the function's response is not an object");
        if (!response.TryGetProperty("batchItemFailures", out var failures) || failures.ValueKind == JsonValueKind.Null)
            return new(messageIds);
        if (failures.ValueKind != JsonValueKind.Array)
            return new([], "batchItemFailures is not a list");

        var failed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var failure in failures.EnumerateArray())
        {
            if (failure.ValueKind != JsonValueKind.Object || !failure.TryGetProperty("itemIdentifier", out var identifier)
                || identifier.ValueKind != JsonValueKind.String || identifier.GetString() is not { Length: > 0 } id)
                return new([], "batchItemFailures has an entry without an itemIdentifier");
            if (!messageIds.Contains(id, StringComparer.Ordinal))
                return new([], "batchItemFailures has an itemIdentifier that is not in the batch");
            failed.Add(id);
        }
        return new([.. messageIds.Where(id => !failed.Contains(id))]);
    }
}
