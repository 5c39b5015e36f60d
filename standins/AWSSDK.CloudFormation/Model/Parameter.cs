namespace Amazon.CloudFormation.Model;

/// <summary>A value for a parameter of the template.</summary>
public class Parameter
{
    public string ParameterKey { get; set; }
    public string ParameterValue { get; set; }
}
