using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuizAspire.AppHost.Monitoring.Alarms;

/// <summary>The message of an alarm, member by member as CloudWatch's.</summary>
internal sealed record AlarmNotification(
    string AlarmName,
    string? AlarmDescription,
    [property: JsonPropertyName("AWSAccountId")] string AccountId,
    string AlarmConfigurationUpdatedTimestamp,
    string NewStateValue,
    string NewStateReason,
    string StateChangeTime,
    string Region,
    string AlarmArn,
    string OldStateValue,
    [property: JsonPropertyName("OKActions")] IReadOnlyList<string> OkActions,
    IReadOnlyList<string> AlarmActions,
    IReadOnlyList<string> InsufficientDataActions,
    AlarmTrigger Trigger);

internal sealed record AlarmTrigger(
    string MetricName,
    string Namespace,
    string StatisticType,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Statistic,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ExtendedStatistic,
    string? Unit,
    IReadOnlyList<AlarmDimension> Dimensions,
    int Period,
    int EvaluationPeriods,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? DatapointsToAlarm,
    string ComparisonOperator,
    double Threshold,
    string TreatMissingData,
    string EvaluateLowSampleCountPercentile);

internal sealed record AlarmDimension(
    [property: JsonPropertyName("value")] string Value,
    [property: JsonPropertyName("name")] string Name);

[JsonSerializable(typeof(AlarmNotification))]
internal sealed partial class AlarmJson : JsonSerializerContext
{
    /// <summary>People read it in mails, where an arrow is not to be an escape sequence.</summary>
    public static AlarmJson Readable { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
