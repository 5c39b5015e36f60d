using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;

namespace QuizAspire.AppHost.Provisioned;

/// <summary>
/// CloudFormation of a moto_server, which makes a stack's resources by change set but forgets its outputs and an update's tags
/// (moto 5.2). Aspire.Hosting.AWS needs both; an update of the stack to the template that it has brings them.
/// </summary>
internal sealed class MotoCloudFormationClient(AWSCredentials credentials, AmazonCloudFormationConfig config)
    : AmazonCloudFormationClient(credentials, config)
{
    // One change set at a time: that is how stacks are provisioned.
    private CreateChangeSetRequest? _asked;

    public override Task<CreateChangeSetResponse> CreateChangeSetAsync(CreateChangeSetRequest request, CancellationToken cancellationToken = default)
    {
        _asked = request;
        return base.CreateChangeSetAsync(request, cancellationToken);
    }

    public override async Task<ExecuteChangeSetResponse> ExecuteChangeSetAsync(
        ExecuteChangeSetRequest request, CancellationToken cancellationToken = default)
    {
        var executed = await base.ExecuteChangeSetAsync(request, cancellationToken);
        await UpdateStackAsync(
            new UpdateStackRequest { StackName = _asked?.StackName ?? request.StackName, UsePreviousTemplate = true, Tags = _asked?.Tags },
            cancellationToken);
        return executed;
    }
}
