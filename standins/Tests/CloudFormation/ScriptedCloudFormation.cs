using System.Globalization;
using System.Net;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Standins.Tests.CloudFormation;

/// <summary>
/// One stack, whose states and events follow a script: each state is what the next look at the stack finds, and the last one stays.
/// </summary>
internal sealed class ScriptedCloudFormation : IAmazonCloudFormation
{
    private readonly Queue<string> _states = new();
    private readonly List<StackEvent> _events = [];
    private Stack? _stack;

    public List<string> Calls { get; } = [];

    public List<CreateChangeSetRequest> ChangeSets { get; } = [];

    /// <summary>What the change set is found to be, one look after another.</summary>
    public Queue<(ChangeSetStatus Status, string? Reason)> ChangeSetStates { get; } = new();

    /// <summary>What executing a change set leads to: the stack's states, and what happens before the last of them.</summary>
    public (string[] States, StackEvent[] Events) Execution { get; set; } = (["CREATE_IN_PROGRESS", "CREATE_COMPLETE"], []);

    /// <summary>How many events are on a page.</summary>
    public int PageSize { get; set; } = 100;

    public Exception? Fault { get; set; }

    public bool IsDisposed { get; private set; }

    public string Endpoint { get; set; } = "http://127.0.0.1:4566/";

    public IClientConfig Config => new AmazonCloudFormationConfig { ServiceURL = Endpoint };

    public ScriptedCloudFormation With(string state, params string[] next)
    {
        _stack = new Stack
        {
            StackId = CloudFormationClients.Stack,
            StackName = "quiz",
            StackStatus = state,
            StackStatusReason = "as it says",
            Outputs = [new Output { OutputKey = "SqsQueueUrl", OutputValue = "http://127.0.0.1:4566/123456789012/q.fifo" }],
        };
        _states.Clear();
        foreach (var later in next)
            _states.Enqueue(later);
        return this;
    }

    public ScriptedCloudFormation Tagged(List<Tag> tags)
    {
        _stack!.Tags = tags;
        return this;
    }

    public static StackEvent Event(string resource, string status, string? reason = null) => new()
    {
        LogicalResourceId = resource,
        ResourceType = "AWS::SQS::Queue",
        ResourceStatus = status,
        ResourceStatusReason = reason,
    };

    public void Happened(StackEvent happened)
    {
        happened.EventId = _events.Count.ToString(CultureInfo.InvariantCulture);
        _events.Insert(0, happened);
    }

    public Task<DescribeStacksResponse> DescribeStacksAsync(DescribeStacksRequest request, CancellationToken cancellationToken = default)
    {
        if (Fault is not null)
            throw Fault;
        if (_stack is null || (request.StackName != _stack.StackName && request.StackName != _stack.StackId))
            throw Refusal($"Stack with id {request.StackName} does not exist");
        var answer = Task.FromResult(new DescribeStacksResponse { Stacks = [Copy(_stack)] });
        if (_states.TryDequeue(out var next))
            _stack = next == "" ? null : Copy(_stack, next);
        return answer;
    }

    public Task<CreateChangeSetResponse> CreateChangeSetAsync(CreateChangeSetRequest request, CancellationToken cancellationToken = default)
    {
        Calls.Add($"create {request.ChangeSetType}");
        ChangeSets.Add(request);
        return Task.FromResult(new CreateChangeSetResponse { Id = "change-set", StackId = CloudFormationClients.Stack });
    }

    public Task<DescribeChangeSetResponse> DescribeChangeSetAsync(DescribeChangeSetRequest request, CancellationToken cancellationToken = default)
    {
        var (status, reason) = ChangeSetStates.TryDequeue(out var next) ? next : (ChangeSetStatus.CREATE_COMPLETE, null);
        return Task.FromResult(new DescribeChangeSetResponse { Status = status, StatusReason = reason });
    }

    public Task<ExecuteChangeSetResponse> ExecuteChangeSetAsync(ExecuteChangeSetRequest request, CancellationToken cancellationToken = default)
    {
        Calls.Add("execute");
        With(Execution.States[0], Execution.States[1..]);
        foreach (var happened in Execution.Events)
            Happened(happened);
        return Task.FromResult(new ExecuteChangeSetResponse());
    }

    public Task<DescribeStackEventsResponse> DescribeStackEventsAsync(
        DescribeStackEventsRequest request, CancellationToken cancellationToken = default)
    {
        var from = int.Parse(request.NextToken ?? "0", CultureInfo.InvariantCulture);
        return Task.FromResult(new DescribeStackEventsResponse
        {
            StackEvents = [.. _events.Skip(from).Take(PageSize)],
            NextToken = from + PageSize < _events.Count ? (from + PageSize).ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    public Task<DeleteStackResponse> DeleteStackAsync(DeleteStackRequest request, CancellationToken cancellationToken = default)
    {
        Calls.Add("delete");
        With("DELETE_IN_PROGRESS", "");
        return Task.FromResult(new DeleteStackResponse());
    }

    public Task<UpdateStackResponse> UpdateStackAsync(UpdateStackRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) => new(Endpoint);

    public void Dispose() => IsDisposed = true;

    public static AmazonCloudFormationException Refusal(string message) =>
        new(message, ErrorType.Sender, "ValidationError", "request-1", HttpStatusCode.BadRequest);

    private static Stack Copy(Stack stack, string? status = null) => new()
    {
        StackId = stack.StackId,
        StackName = stack.StackName,
        StackStatus = status ?? stack.StackStatus,
        StackStatusReason = stack.StackStatusReason,
        Outputs = stack.Outputs,
        Tags = stack.Tags,
    };
}
