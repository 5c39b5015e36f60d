namespace Amazon.CloudFormation.Model;

/// <summary>A stack as it is now. Times are in UTC.</summary>
public class Stack
{
    public DateTime? CreationTime { get; set; }
    public List<Output> Outputs { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public List<Parameter> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string StackId { get; set; }
    public string StackName { get; set; }
    public StackStatus StackStatus { get; set; }
    public string StackStatusReason { get; set; }
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
