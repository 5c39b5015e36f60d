using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Aspire.Hosting.AWS.CloudFormation;
using Aspire.Hosting.AWS.Provisioning;
using Microsoft.Extensions.Logging;
using Standins.Tests.Lambda;

namespace Standins.Tests.CloudFormation;

public sealed class StackExecutorTests
{
    private const string Template = """{"Resources":{}}""";

    private readonly ScriptedCloudFormation _service = new();
    private readonly LogLines _log = new();
    private readonly CloudFormationTemplateResource _resource = new("stack", "quiz", "quiz.template.json") { StackPollingInterval = 0 };

    [Fact]
    public async Task A_stack_that_is_not_there_is_created_with_parameters_tags_and_capabilities()
    {
        _resource.AddParameter("AlertEmail", "").AddParameter("VisibilityTimeoutSeconds", "70");
        _resource.Tags["project"] = "quiz";
        _resource.RoleArn = "role";
        _resource.DisabledCapabilities.Add("CAPABILITY_AUTO_EXPAND");
        _service.ChangeSetStates.Enqueue((ChangeSetStatus.CREATE_PENDING, null));
        _service.ChangeSetStates.Enqueue((ChangeSetStatus.CREATE_IN_PROGRESS, null));

        var stack = await ExecuteAsync();

        Assert.Equal(StackStatus.CREATE_COMPLETE, stack.StackStatus);
        Assert.Equal("SqsQueueUrl", Assert.Single(stack.Outputs).OutputKey);
        Assert.Equal(["create CREATE", "execute"], _service.Calls);
        var asked = Assert.Single(_service.ChangeSets);
        Assert.Equal(("quiz", Template, "role"), (asked.StackName, asked.TemplateBody, asked.RoleARN));
        Assert.Equal([("AlertEmail", ""), ("VisibilityTimeoutSeconds", "70")],
            asked.Parameters.Select(parameter => (parameter.ParameterKey, parameter.ParameterValue)));
        Assert.Equal(["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"], asked.Capabilities);
        Assert.Equal(["project", "AspireAppHost_SHA256"], asked.Tags.Select(tag => tag.Key));
        Assert.Matches("^[0-9a-f]{64}$", asked.Tags[1].Value);
    }

    [Fact]
    public async Task An_unchanged_template_needs_no_change_set_until_a_parameter_or_tag_changes()
    {
        await ExecuteAsync();
        var tags = _service.ChangeSets[0].Tags;
        _service.With("CREATE_COMPLETE").Tagged(tags);
        _service.Execution = (["UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE"], []);

        var unchanged = await ExecuteAsync();
        Assert.Equal(StackStatus.CREATE_COMPLETE, unchanged.StackStatus);
        Assert.Single(_service.ChangeSets);

        _resource.AddParameter("MaxReceiveCount", "5");
        Assert.Equal(StackStatus.UPDATE_COMPLETE, (await ExecuteAsync()).StackStatus);
        Assert.Equal(["create CREATE", "execute", "create UPDATE", "execute"], _service.Calls);
        var withParameter = _service.ChangeSets[1].Tags;
        Assert.NotEqual(tags[0].Value, withParameter[0].Value);

        _service.With("UPDATE_COMPLETE").Tagged(withParameter);
        _resource.Tags["project"] = "quiz";
        await ExecuteAsync();
        Assert.Equal(3, _service.ChangeSets.Count);

        _service.With("UPDATE_COMPLETE").Tagged(_service.ChangeSets[2].Tags);
        _resource.DisableDiffCheck = true;
        await ExecuteAsync();
        Assert.Equal(4, _service.ChangeSets.Count);
    }

    [Fact]
    public async Task A_change_set_without_changes_leaves_the_stack_as_it_is()
    {
        _service.With("UPDATE_ROLLBACK_COMPLETE");
        _service.ChangeSetStates.Enqueue((ChangeSetStatus.FAILED, "The submitted information didn't contain changes. Submit different information."));

        var stack = await ExecuteAsync();

        Assert.Equal(StackStatus.UPDATE_ROLLBACK_COMPLETE, stack.StackStatus);
        Assert.Equal(["create UPDATE"], _service.Calls);
    }

    [Fact]
    public async Task A_change_set_that_fails_otherwise_tells_CloudFormations_reason()
    {
        _service.ChangeSetStates.Enqueue((ChangeSetStatus.FAILED, "Transform AWS::Nonsense failed"));

        var error = await Assert.ThrowsAsync<AWSProvisioningException>(ExecuteAsync);

        Assert.Contains("Transform AWS::Nonsense failed", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("execute", _service.Calls);
    }

    [Fact]
    public async Task A_failed_stack_logs_each_event_once_with_its_reason_and_ends_with_the_first()
    {
        _service.Happened(ScriptedCloudFormation.Event("quiz", "REVIEW_IN_PROGRESS", "User Initiated"));
        _service.PageSize = 2;
        _service.Execution = (
            ["CREATE_IN_PROGRESS", "ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETE"],
            [
                ScriptedCloudFormation.Event("SqsQueue", "CREATE_IN_PROGRESS"),
                ScriptedCloudFormation.Event("SqsQueue", "CREATE_FAILED", "queue name is taken"),
                ScriptedCloudFormation.Event("SnsTopic", "CREATE_FAILED", "Resource creation cancelled"),
                ScriptedCloudFormation.Event("quiz", "ROLLBACK_IN_PROGRESS", "The following resource(s) failed to create: [SqsQueue]."),
                ScriptedCloudFormation.Event("quiz", "ROLLBACK_COMPLETE"),
            ]);

        var error = await Assert.ThrowsAsync<AWSProvisioningException>(ExecuteAsync);

        Assert.Equal("The stack ended as ROLLBACK_COMPLETE: SqsQueue: queue name is taken", error.Message);
        Assert.Equal(
            [
                (LogLevel.Information, "SqsQueue (AWS::SQS::Queue): CREATE_IN_PROGRESS"),
                (LogLevel.Error, "SqsQueue (AWS::SQS::Queue): CREATE_FAILED: queue name is taken"),
                (LogLevel.Error, "SnsTopic (AWS::SQS::Queue): CREATE_FAILED: Resource creation cancelled"),
                (LogLevel.Information, "quiz (AWS::SQS::Queue): ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [SqsQueue]."),
                (LogLevel.Information, "quiz (AWS::SQS::Queue): ROLLBACK_COMPLETE"),
            ],
            _log.Lines.Where(line => line.Text.Contains("(AWS::", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_update_that_is_rolled_back_is_a_failure_although_the_stack_is_complete_again()
    {
        _service.With("UPDATE_COMPLETE");
        _service.Execution = (
            ["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"],
            [ScriptedCloudFormation.Event("SqsQueue", "UPDATE_FAILED", "a queue cannot become FIFO")]);

        var error = await Assert.ThrowsAsync<AWSProvisioningException>(ExecuteAsync);

        Assert.Equal("The stack ended as UPDATE_ROLLBACK_COMPLETE: SqsQueue: a queue cannot become FIFO", error.Message);
    }

    [Fact]
    public async Task What_a_failed_creation_left_is_deleted_before_the_stack_is_created_again()
    {
        _service.With("ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETE");

        await ExecuteAsync();

        Assert.Equal(["delete", "create CREATE", "execute"], _service.Calls);
    }

    [Theory]
    [InlineData("CREATE_IN_PROGRESS", "CREATE_COMPLETE")]
    [InlineData("UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE")]
    public async Task What_somebody_else_began_is_waited_for(string first, string then)
    {
        _service.With(first, first, then);
        _service.Execution = (["UPDATE_IN_PROGRESS", "UPDATE_COMPLETE"], []);

        await ExecuteAsync();

        Assert.Equal(["create UPDATE", "execute"], _service.Calls);
        Assert.Contains(_log.Lines, line => line.Text.Contains(first, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stack_under_review_was_never_made()
    {
        _service.With("REVIEW_IN_PROGRESS");

        await ExecuteAsync();

        Assert.Equal(["create CREATE", "execute"], _service.Calls);
    }

    [Theory]
    [InlineData("DELETE_FAILED")]
    [InlineData("UPDATE_ROLLBACK_FAILED")]
    public async Task A_stack_that_cannot_be_updated_says_so_before_anything_is_touched(string state)
    {
        _service.With(state);

        var error = await Assert.ThrowsAsync<AWSProvisioningException>(ExecuteAsync);

        Assert.Equal($"The stack cannot be updated while it is {state} (as it says).", error.Message);
        Assert.Empty(_service.Calls);
    }

    [Fact]
    public async Task A_stack_that_is_deleted_meanwhile_is_an_error_and_no_wait()
    {
        _service.Execution = (["CREATE_IN_PROGRESS", ""], []);

        var error = await Assert.ThrowsAsync<AWSProvisioningException>(ExecuteAsync);

        Assert.Contains("deleted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_the_service_is_told_in_its_own_words()
    {
        _service.Fault = ScriptedCloudFormation.Refusal("The security token included in the request is invalid.");

        var error = await Assert.ThrowsAsync<AWSProvisioningException>(ExecuteAsync);

        Assert.Contains("The security token included in the request is invalid.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_nobody_serves_ends_with_its_reason()
    {
        using var client = CloudFormationClients.For("http://127.0.0.1:1");
        var executor = new StackExecutor(client, _resource, Template, _log, TimeProvider.System);

        await Assert.ThrowsAsync<AWSProvisioningException>(() => executor.ExecuteAsync(CancellationToken.None)).WaitAsync(TimeSpan.FromSeconds(20));
    }

    private Task<Stack> ExecuteAsync() =>
        new StackExecutor(_service, _resource, Template, _log, TimeProvider.System).ExecuteAsync(CancellationToken.None);
}
