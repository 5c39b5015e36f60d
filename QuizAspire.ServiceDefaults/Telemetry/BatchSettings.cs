using System.Globalization;

namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>How spans or log records are gathered for an export, from OpenTelemetry's variables; beyond the queue they are dropped.</summary>
internal sealed record BatchSettings(int Queue, TimeSpan Delay, int Batch)
{
    /// <param name="prefix"><c>OTEL_BSP</c> for spans, <c>OTEL_BLRP</c> for log records.</param>
    public static BatchSettings Read(string prefix, Func<string, string?> variables)
    {
        var queue = Number(variables($"{prefix}_MAX_QUEUE_SIZE")) ?? 2048;
        return new BatchSettings(
            queue,
            TimeSpan.FromMilliseconds(Number(variables($"{prefix}_SCHEDULE_DELAY")) ?? 5000),
            Math.Min(Number(variables($"{prefix}_MAX_EXPORT_BATCH_SIZE")) ?? 512, queue));
    }

    /// <summary>Null for what is no positive number.</summary>
    public static int? Number(string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
