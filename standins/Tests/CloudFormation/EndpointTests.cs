using Amazon;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.SimpleNotificationService;

namespace Standins.Tests.CloudFormation;

/// <summary>Alone, because it sets the process's environment.</summary>
[Collection(nameof(Sqs.EndpointTests))]
public sealed class EndpointTests
{
    [Theory]
    [InlineData("us-west-1", "https://cloudformation.us-west-1.amazonaws.com/")]
    [InlineData("cn-north-1", "https://cloudformation.cn-north-1.amazonaws.com.cn/")]
    public void A_region_has_its_host(string region, string expected)
    {
        using var client = new AmazonCloudFormationClient("access", "secret", new() { RegionEndpoint = RegionEndpoint.GetBySystemName(region) });

        Assert.Equal(expected, client.DetermineServiceOperationEndpoint(new DescribeStacksRequest()).URL);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_CLOUDFORMATION")]
    [InlineData("AWS_ENDPOINT_URL")]
    public async Task The_environment_gives_endpoint_region_and_credentials(string variable)
    {
        await using var server = await CloudFormationClients.AnsweringAsync("DescribeStacks", "<Stacks/>");
        var variables = new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1",
            [variable] = server.Url,
            ["AWS_REGION"] = "eu-central-1",
            ["AWS_ACCESS_KEY_ID"] = "from-environment",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
        };
        using var environment = new ScopedEnvironment(variables);

        using var client = new AmazonCloudFormationClient();
        await client.DescribeStacksAsync(new DescribeStacksRequest());

        Assert.Matches("Credential=from-environment/[0-9]{8}/eu-central-1/cloudformation/",
            Assert.Single(server.Requests).Headers.Authorization.ToString());
    }

    [Fact]
    public async Task The_topics_have_an_endpoint_variable_of_their_own()
    {
        await using var server = await CloudFormationClients.AnsweringAsync("ListSubscriptionsByTopic", "");
        using var environment = new ScopedEnvironment(new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL_SNS"] = server.Url,
            ["AWS_REGION"] = "eu-central-1",
            ["AWS_ACCESS_KEY_ID"] = "from-environment",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
        });

        using var sns = new AmazonSimpleNotificationServiceClient();
        await sns.ListSubscriptionsByTopicAsync("arn");

        Assert.Matches("Credential=from-environment/[0-9]{8}/eu-central-1/sns/", Assert.Single(server.Requests).Headers.Authorization.ToString());
    }
}
