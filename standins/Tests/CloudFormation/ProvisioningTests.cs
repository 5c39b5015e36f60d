using Amazon;
using Amazon.CloudFormation.Model;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.CloudFormation;
using Aspire.Hosting.AWS.Provisioning;
using Standins.Tests.Hosting;

namespace Standins.Tests.CloudFormation;

/// <summary>Stacks in an application that runs.</summary>
public sealed class ProvisioningTests : IDisposable
{
    private readonly string _template = Path.GetTempFileName();
    private readonly ScriptedCloudFormation _service = new();

    public ProvisioningTests() => File.WriteAllText(_template, """{"Resources":{}}""");

    public void Dispose() => File.Delete(_template);

    [Fact]
    public async Task A_stack_runs_once_it_is_there_and_its_outputs_are_shown_and_given_to_who_refers_to_it()
    {
        var builder = TestHost.CreateBuilder();
        var stack = AddStack(builder);
        var url = stack.GetOutput("SqsQueueUrl");
        builder.AddExecutable("user", "sh", ".", "-c", "echo $AWS__Resources__SqsQueueUrl $QUEUE $AWS_REGION; sleep 100")
            .WithReference(stack).WithEnvironment("QUEUE", url);
        await using var host = await TestHost.StartAsync(builder);

        var snapshot = await host.Reached("stack", "Running");

        const string queue = "http://127.0.0.1:4566/123456789012/q.fifo";
        Assert.Equal("CloudFormationTemplate", snapshot.ResourceType);
        Assert.Equal(
            [
                ("resource.source", CloudFormationClients.Stack),
                ("aws.cloudformation.template", _template),
                ("aws.cloudformation.output.SqsQueueUrl", queue),
            ],
            snapshot.Properties.Select(property => (property.Name, (string)property.Value!)));
        Assert.Empty(snapshot.Urls);
        Assert.Equal(queue, await url.GetValueAsync(TestHost.Deadline()));
        Assert.Equal("{stack.output.SqsQueueUrl}", url.ValueExpression);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await stack.GetOutput("Nothing").GetValueAsync());
        await Eventually.Is(async () => (await host.Log("user")).Any(line => line.Text == $"{queue} {queue}"), "the process has the outputs");
        Assert.True(_service.IsDisposed);
    }

    [Fact]
    public async Task A_failed_stack_shows_the_reasons_and_fails_who_needs_an_output()
    {
        _service.Execution = (["CREATE_IN_PROGRESS", "ROLLBACK_COMPLETE"], [ScriptedCloudFormation.Event("SqsQueue", "CREATE_FAILED", "name is taken")]);
        var builder = TestHost.CreateBuilder();
        var stack = AddStack(builder);
        builder.AddExecutable("user", "sleep", ".", "100").WithEnvironment("QUEUE", stack.GetOutput("SqsQueueUrl"));
        await using var host = await TestHost.StartAsync(builder);

        await host.Reached("stack", "Failed to Provision");
        await host.Reached("user", KnownResourceStates.FailedToStart);

        var log = await host.Log("stack");
        Assert.Contains(log, line => line.Text.EndsWith("SqsQueue (AWS::SQS::Queue): CREATE_FAILED: name is taken", StringComparison.Ordinal));
        Assert.Contains(log, line => line.IsError
            && line.Text.EndsWith("CloudFormation stack quiz could not be provisioned: The stack ended as ROLLBACK_COMPLETE: SqsQueue: name is taken",
                StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<AWSProvisioningException>(() => stack.Resource.ProvisioningTaskCompletionSource!.Task);
        Assert.Contains("name is taken", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_is_not_there_fails_the_stack()
    {
        var builder = TestHost.CreateBuilder();
        builder.AddAWSCloudFormationTemplate("stack", _template + ".missing", "quiz").WithReference(_service);
        await using var host = await TestHost.StartAsync(builder);

        await host.Reached("stack", "Failed to Provision");

        Assert.Empty(_service.Calls);
        Assert.Contains(await host.Log("stack"), line => line.IsError && line.Text.Contains(".missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stack_waits_for_what_it_was_told_to_wait_for()
    {
        var builder = TestHost.CreateBuilder();
        var emulator = builder.AddExecutable("emulator", "sleep", ".", "100");
        var seen = "";
        emulator.OnResourceReady((_, _, _) =>
        {
            seen = string.Join(' ', _service.Calls);
            return Task.CompletedTask;
        });
        builder.CreateResourceBuilder((IResourceWithWaitSupport)AddStack(builder).Resource).WaitFor(emulator);
        await using var host = await TestHost.StartAsync(builder);

        await host.Reached("stack", "Running");

        Assert.Equal("", seen);
        Assert.Equal(["create CREATE", "execute"], _service.Calls);
    }

    [Fact]
    public async Task Publishing_provisions_nothing()
    {
        var builder = TestHost.CreateBuilder("--operation", "publish");
        var stack = AddStack(builder);
        await using var app = builder.Build();

        await builder.Eventing.PublishAsync(new BeforeStartEvent(app.Services, new DistributedApplicationModel(builder.Resources)));

        Assert.Null(stack.Resource.ProvisioningTaskCompletionSource);
        Assert.Empty(_service.Calls);
    }

    [Fact]
    public void The_console_is_linked_for_a_stack_in_AWS_alone()
    {
        _service.Endpoint = "https://cloudformation.us-west-1.amazonaws.com/";
        var link = Assert.Single(StackClient.ConsoleUrls(_service, CloudFormationClients.Stack));
        Assert.Equal(
            "https://console.aws.amazon.com/cloudformation/home?region=us-west-1#/stacks/resources?stackId="
            + Uri.EscapeDataString(CloudFormationClients.Stack),
            link.Url);

        Assert.Empty(StackClient.ConsoleUrls(_service, "arn:aws-us-gov:cloudformation:us-gov-west-1:1:stack/quiz/1"));
        _service.Endpoint = "http://127.0.0.1:4566/";
        Assert.Empty(StackClient.ConsoleUrls(_service, CloudFormationClients.Stack));
    }

    [Fact]
    public void A_profile_that_does_not_exist_is_named()
    {
        var resource = new CloudFormationTemplateResource("stack", "quiz", _template)
        {
            AWSSDKConfig = TestHost.CreateBuilder().AddAWSSDKConfig().WithProfile("no-such-profile").WithRegion(RegionEndpoint.USWest1),
        };

        var error = Assert.Throws<AWSProvisioningException>(() => StackClient.For(resource));

        Assert.Contains("no-such-profile", error.Message, StringComparison.Ordinal);
    }

    private IResourceBuilder<ICloudFormationTemplateResource> AddStack(IDistributedApplicationBuilder builder)
    {
        var stack = builder.AddAWSCloudFormationTemplate("stack", _template, "quiz").WithReference(_service);
        stack.Resource.StackPollingInterval = 0;
        return stack;
    }
}
