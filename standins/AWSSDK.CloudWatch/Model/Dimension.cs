namespace Amazon.CloudWatch.Model;

/// <summary>A name and a value that tell a metric from its like.</summary>
public class Dimension
{
    public string Name { get; set; }
    public string Value { get; set; }
}
