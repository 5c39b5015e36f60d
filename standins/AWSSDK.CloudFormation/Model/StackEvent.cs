namespace Amazon.CloudFormation.Model;

/// <summary>What happened to a resource of a stack. Times are in UTC.</summary>
public class StackEvent
{
    public string EventId { get; set; }
    public string LogicalResourceId { get; set; }
    public string PhysicalResourceId { get; set; }
    public ResourceStatus ResourceStatus { get; set; }
    /// <summary>Why, in CloudFormation's own words; null where there is nothing to say.</summary>
    public string ResourceStatusReason { get; set; }
    public string ResourceType { get; set; }
    public string StackId { get; set; }
    public string StackName { get; set; }
    public DateTime? Timestamp { get; set; }
}
