using Amazon.Runtime;

namespace Amazon.CloudWatch;

/// <summary>Whether a metric's data points are all there.</summary>
public class StatusCode : ConstantClass
{
    public static readonly StatusCode Complete = new("Complete");
    public static readonly StatusCode PartialData = new("PartialData");

    public StatusCode(string value) : base(value)
    {
    }

    public static StatusCode FindValue(string value) => FindValue<StatusCode>(value);

    public static implicit operator StatusCode(string value) => FindValue(value);
}
