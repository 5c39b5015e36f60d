namespace Amazon.CloudWatch.Model;

/// <summary>One metric that is asked for.</summary>
public class MetricDataQuery
{
    /// <summary>By which its result is known; begins with a lowercase letter.</summary>
    public string Id { get; set; }
    public MetricStat MetricStat { get; set; }
}
