using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Aspire.Hosting.AWS.CloudFormation;
using Aspire.Hosting.AWS.Provisioning;
using QuizAspire.AppHost.Provisioned;
using Standins.Tests.Lambda;
using Standins.Tests.Sqs;

namespace Standins.Tests.CloudFormation;

public sealed class MotoProvisioningTests
{
    private readonly CloudFormationTemplateResource _resource = new("stack", "quiz", "quiz.template.json") { StackPollingInterval = 0 };
    private readonly LogLines _log = new();

    [MotoFact]
    public async Task A_stack_is_created_left_alone_updated_and_deleted()
    {
        await using var moto = await Moto.StartAsync();
        using var client = new MotoCloudFormationClient(
            new BasicAWSCredentials("access", "secret"), new AmazonCloudFormationConfig { ServiceURL = moto.Url, AuthenticationRegion = "us-west-1" });
        using var sqs = SqsClients.For(moto.Url);

        var created = await ExecuteAsync(client, TemplateOf("70"));
        var url = Assert.Single(created.Outputs, output => output.OutputKey == "SqsQueueUrl").OutputValue;
        Assert.Equal("70", (await sqs.GetQueueAttributesAsync(url, ["VisibilityTimeout"])).Attributes["VisibilityTimeout"]);
        Assert.NotEqual(0, _log.Count("quiz (AWS::CloudFormation::Stack): CREATE_COMPLETE"));

        var unchanged = await ExecuteAsync(client, TemplateOf("70"));
        Assert.Equal((created.StackId, url), (unchanged.StackId, Assert.Single(unchanged.Outputs).OutputValue));
        Assert.Equal(1, _log.Count("Asking for a change set"));

        var updated = await ExecuteAsync(client, TemplateOf("71"));
        Assert.Equal(StackStatus.UPDATE_COMPLETE, updated.StackStatus);
        Assert.Equal("71", (await sqs.GetQueueAttributesAsync(url, ["VisibilityTimeout"])).Attributes["VisibilityTimeout"]);

        await ExecuteAsync(client, TemplateOf("71"));
        Assert.Equal(2, _log.Count("Asking for a change set"));

        await client.DeleteStackAsync(new DeleteStackRequest { StackName = "quiz" });
        var gone = await Assert.ThrowsAsync<AmazonCloudFormationException>(
            () => client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "quiz" }));
        Assert.Equal("ValidationError", gone.ErrorCode);
    }

    private Task<Stack> ExecuteAsync(IAmazonCloudFormation client, string template) =>
        new StackExecutor(client, _resource, template, _log, TimeProvider.System).ExecuteAsync(CancellationToken.None);

    private static string TemplateOf(string visibilityTimeout) =>
        $$"""
        {
          "Resources": {
            "SqsQueue": {
              "Type": "AWS::SQS::Queue",
              "Properties": { "QueueName": "q.fifo", "FifoQueue": true, "VisibilityTimeout": {{visibilityTimeout}} }
            }
          },
          "Outputs": { "SqsQueueUrl": { "Value": { "Ref": "SqsQueue" } } }
        }
        """;
}
