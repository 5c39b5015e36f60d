using Amazon.CloudFormation.Model;
using Amazon.Standins.Query;

namespace Amazon.CloudFormation.Internal;

/// <summary>The members of each request and answer, as the service names them.</summary>
internal static class Operations
{
    private static readonly QueryService Service = new("Amazon.CloudFormation", "2010-05-15",
        new Dictionary<string, QueryErrorConstructor>(StringComparer.Ordinal)
        {
            ["AlreadyExistsException"] = (m, e, t, c, r, s) => new AlreadyExistsException(m, e, t, c, r, s),
            ["ChangeSetNotFound"] = (m, e, t, c, r, s) => new ChangeSetNotFoundException(m, e, t, c, r, s),
            ["InsufficientCapabilitiesException"] = (m, e, t, c, r, s) => new InsufficientCapabilitiesException(m, e, t, c, r, s),
            ["InvalidChangeSetStatus"] = (m, e, t, c, r, s) => new InvalidChangeSetStatusException(m, e, t, c, r, s),
            ["LimitExceededException"] = (m, e, t, c, r, s) => new LimitExceededException(m, e, t, c, r, s),
        },
        (m, e, t, c, r, s) => new AmazonCloudFormationException(m, e, t, c, r, s));

    public static readonly QueryOperation<CreateChangeSetRequest, CreateChangeSetResponse> CreateChangeSet =
        Service.Operation<CreateChangeSetRequest, CreateChangeSetResponse>("CreateChangeSet",
            (writer, request) =>
            {
                writer.WriteList("Capabilities", request.Capabilities);
                writer.Write("ChangeSetName", request.ChangeSetName);
                writer.Write("ChangeSetType", request.ChangeSetType);
                writer.WriteList("Parameters", request.Parameters, Shapes.Write);
                writer.Write("RoleARN", request.RoleARN);
                writer.Write("StackName", request.StackName);
                writer.WriteList("Tags", request.Tags, Shapes.Write);
                writer.Write("TemplateBody", request.TemplateBody);
            },
            (result, response) => (response.Id, response.StackId) = (result.Text("Id"), result.Text("StackId")));

    public static readonly QueryOperation<DeleteStackRequest, DeleteStackResponse> DeleteStack =
        Service.Operation<DeleteStackRequest, DeleteStackResponse>("DeleteStack",
            (writer, request) => writer.Write("StackName", request.StackName));

    public static readonly QueryOperation<DescribeChangeSetRequest, DescribeChangeSetResponse> DescribeChangeSet =
        Service.Operation<DescribeChangeSetRequest, DescribeChangeSetResponse>("DescribeChangeSet",
            (writer, request) =>
            {
                writer.Write("ChangeSetName", request.ChangeSetName);
                writer.Write("StackName", request.StackName);
            },
            (result, response) =>
            {
                response.ChangeSetId = result.Text("ChangeSetId");
                response.StackId = result.Text("StackId");
                response.StackName = result.Text("StackName");
                response.Status = result.Text("Status");
                response.StatusReason = result.Text("StatusReason");
            });

    public static readonly QueryOperation<DescribeStackEventsRequest, DescribeStackEventsResponse> DescribeStackEvents =
        Service.Operation<DescribeStackEventsRequest, DescribeStackEventsResponse>("DescribeStackEvents",
            (writer, request) =>
            {
                writer.Write("NextToken", request.NextToken);
                writer.Write("StackName", request.StackName);
            },
            (result, response) =>
            {
                response.NextToken = result.Text("NextToken");
                response.StackEvents = result.List("StackEvents", Shapes.StackEvent);
            });

    public static readonly QueryOperation<DescribeStacksRequest, DescribeStacksResponse> DescribeStacks =
        Service.Operation<DescribeStacksRequest, DescribeStacksResponse>("DescribeStacks",
            (writer, request) =>
            {
                writer.Write("NextToken", request.NextToken);
                writer.Write("StackName", request.StackName);
            },
            (result, response) =>
            {
                response.NextToken = result.Text("NextToken");
                response.Stacks = result.List("Stacks", Shapes.Stack);
            });

    public static readonly QueryOperation<ExecuteChangeSetRequest, ExecuteChangeSetResponse> ExecuteChangeSet =
        Service.Operation<ExecuteChangeSetRequest, ExecuteChangeSetResponse>("ExecuteChangeSet",
            (writer, request) =>
            {
                writer.Write("ChangeSetName", request.ChangeSetName);
                writer.Write("StackName", request.StackName);
            });

    public static readonly QueryOperation<UpdateStackRequest, UpdateStackResponse> UpdateStack =
        Service.Operation<UpdateStackRequest, UpdateStackResponse>("UpdateStack",
            (writer, request) =>
            {
                writer.Write("StackName", request.StackName);
                writer.WriteList("Tags", request.Tags, Shapes.Write);
                writer.Write("UsePreviousTemplate", request.UsePreviousTemplate);
            },
            (result, response) => response.StackId = result.Text("StackId"));
}
