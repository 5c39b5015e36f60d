namespace Amazon.CloudWatch.Model;

/// <summary>Which metric.</summary>
public class Metric
{
    public List<Dimension> Dimensions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string MetricName { get; set; }
    public string Namespace { get; set; }
}
