namespace Amazon.CloudFormation.Model;

/// <summary>A tag of the stack, which CloudFormation gives to its resources too.</summary>
public class Tag
{
    public string Key { get; set; }
    public string Value { get; set; }
}
