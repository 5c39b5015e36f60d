namespace QuizAspire.AppHost.Monitoring.Alarms;

/// <summary>The comparisons of CloudWatch with a fixed threshold.</summary>
internal static class Threshold
{
    /// <summary>Those with a band need anomaly detection, which nothing here does.</summary>
    public static bool IsFixed(string comparison) => Words(comparison).Length > 0;

    public static bool IsBreached(string comparison, double value, double threshold) => comparison switch
    {
        "GreaterThanThreshold" => value > threshold,
        "GreaterThanOrEqualToThreshold" => value >= threshold,
        "LessThanThreshold" => value < threshold,
        "LessThanOrEqualToThreshold" => value <= threshold,
        _ => false,
    };

    /// <summary>For a sentence; empty for a comparison that is not with a fixed threshold.</summary>
    public static string Words(string comparison) => comparison switch
    {
        "GreaterThanThreshold" => "greater than",
        "GreaterThanOrEqualToThreshold" => "greater than or equal to",
        "LessThanThreshold" => "less than",
        "LessThanOrEqualToThreshold" => "less than or equal to",
        _ => "",
    };
}
