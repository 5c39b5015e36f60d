using Amazon.CloudFormation.Model;
using Amazon.Standins.Query;

namespace Amazon.CloudFormation.Internal;

/// <summary>The structures that more than one operation has, or that are many members long.</summary>
internal static class Shapes
{
    public static void Write(QueryWriter writer, Parameter parameter)
    {
        writer.Write(".ParameterKey", parameter.ParameterKey);
        writer.Write(".ParameterValue", parameter.ParameterValue);
    }

    public static void Write(QueryWriter writer, Tag tag)
    {
        writer.Write(".Key", tag.Key);
        writer.Write(".Value", tag.Value);
    }

    public static Stack Stack(QueryResult stack) => new()
    {
        CreationTime = stack.Instant("CreationTime"),
        Outputs = stack.List("Outputs", output => new Output
        {
            Description = output.Text("Description"),
            ExportName = output.Text("ExportName"),
            OutputKey = output.Text("OutputKey"),
            OutputValue = output.Text("OutputValue"),
        }),
        Parameters = stack.List("Parameters", parameter => new Parameter
        {
            ParameterKey = parameter.Text("ParameterKey"),
            ParameterValue = parameter.Text("ParameterValue"),
        }),
        StackId = stack.Text("StackId"),
        StackName = stack.Text("StackName"),
        StackStatus = stack.Text("StackStatus"),
        StackStatusReason = stack.Text("StackStatusReason"),
        Tags = stack.List("Tags", tag => new Tag { Key = tag.Text("Key"), Value = tag.Text("Value") }),
    };

    public static StackEvent StackEvent(QueryResult happened) => new()
    {
        EventId = happened.Text("EventId"),
        LogicalResourceId = happened.Text("LogicalResourceId"),
        PhysicalResourceId = happened.Text("PhysicalResourceId"),
        ResourceStatus = happened.Text("ResourceStatus"),
        ResourceStatusReason = happened.Text("ResourceStatusReason"),
        ResourceType = happened.Text("ResourceType"),
        StackId = happened.Text("StackId"),
        StackName = happened.Text("StackName"),
        Timestamp = happened.Instant("Timestamp"),
    };
}
