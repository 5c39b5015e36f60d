namespace Amazon.CloudFormation.Model;

/// <summary>A value that a stack's template makes known.</summary>
public class Output
{
    public string Description { get; set; }
    public string ExportName { get; set; }
    public string OutputKey { get; set; }
    public string OutputValue { get; set; }
}
