using Amazon.Runtime;

namespace Amazon.CloudWatch.Model;

public class GetMetricDataRequest : AmazonCloudWatchRequest
{
    /// <summary>Data points before it, in UTC.</summary>
    public DateTime? EndTime { get; set; }
    public List<MetricDataQuery> MetricDataQueries { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string NextToken { get; set; }
    public ScanBy ScanBy { get; set; }
    /// <summary>Data points from it on, in UTC.</summary>
    public DateTime? StartTime { get; set; }
}

public class GetMetricDataResponse : AmazonWebServiceResponse
{
    public List<MetricDataResult> MetricDataResults { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string NextToken { get; set; }
}
