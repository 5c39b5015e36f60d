namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>The metrics of AWS that are measured here.</summary>
/// <remarks>
/// SQS's counts of messages sent, received and deleted are not among them: an emulator tells how many are there, and what came and went between two
/// looks cannot be seen.
/// </remarks>
internal static class MetricCatalog
{
    public const string Queues = "AWS/SQS";
    public const string QueueName = "QueueName";
    public const string Visible = "ApproximateNumberOfMessagesVisible";
    public const string NotVisible = "ApproximateNumberOfMessagesNotVisible";
    public const string Delayed = "ApproximateNumberOfMessagesDelayed";
    public const string OldestAge = "ApproximateAgeOfOldestMessage";

    public const string Functions = "AWS/Lambda";
    public const string FunctionName = "FunctionName";
    public const string Invocations = "Invocations";
    public const string Errors = "Errors";
    public const string Throttles = "Throttles";
    public const string Duration = "Duration";
    public const string ConcurrentExecutions = "ConcurrentExecutions";

    private static readonly Dictionary<(string Namespace, string Name), (string Dimension, string Unit)> Measured = new()
    {
        [(Queues, Visible)] = (QueueName, "Count"),
        [(Queues, NotVisible)] = (QueueName, "Count"),
        [(Queues, Delayed)] = (QueueName, "Count"),
        [(Queues, OldestAge)] = (QueueName, "Seconds"),
        [(Functions, Invocations)] = (FunctionName, "Count"),
        [(Functions, Errors)] = (FunctionName, "Count"),
        [(Functions, Throttles)] = (FunctionName, "Count"),
        [(Functions, Duration)] = (FunctionName, "Milliseconds"),
        [(Functions, ConcurrentExecutions)] = (FunctionName, "Count"),
    };

    /// <summary>Why there will never be a value here; null when there may be one.</summary>
    /// <param name="unit">What the values are to be in; null for whatever they are in.</param>
    public static string? WhyNotMeasured(string @namespace, string name, IReadOnlyDictionary<string, string> dimensions, string? unit)
    {
        if (!Measured.TryGetValue((@namespace, name), out var metric))
            return $"{@namespace} {name} is not measured in a local run";
        if (dimensions.Count != 1 || !dimensions.ContainsKey(metric.Dimension))
            return $"{@namespace} {name} is measured by {metric.Dimension} alone in a local run";
        return unit is null || unit == metric.Unit ? null : $"{@namespace} {name} is in {metric.Unit}, not in {unit}";
    }
}
