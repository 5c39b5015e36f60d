namespace Amazon.CloudWatch.Model;

/// <summary>A statistic of a metric.</summary>
public class MetricStat
{
    public Metric Metric { get; set; }
    /// <summary>In seconds.</summary>
    public int? Period { get; set; }
    /// <summary>Such as <c>Maximum</c> or <c>p99</c>.</summary>
    public string Stat { get; set; }
}
