namespace Amazon.CloudWatch.Model;

/// <summary>The data points of one query: each timestamp belongs to the value at the same place.</summary>
public class MetricDataResult
{
    public string Id { get; set; }
    public string Label { get; set; }
    public StatusCode StatusCode { get; set; }
    /// <summary>In UTC.</summary>
    public List<DateTime> Timestamps { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public List<double> Values { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
