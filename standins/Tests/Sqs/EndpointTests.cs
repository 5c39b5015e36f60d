using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Standins.Tests.Sqs;

/// <summary>Alone, because it sets the process's environment.</summary>
[CollectionDefinition(nameof(EndpointTests), DisableParallelization = true)]
public sealed class AloneInItsProcess;

[Collection(nameof(EndpointTests))]
public sealed class EndpointTests
{
    [Theory]
    [InlineData("us-west-1", false, false, "https://sqs.us-west-1.amazonaws.com")]
    [InlineData("us-east-1", false, false, "https://sqs.us-east-1.amazonaws.com")]
    [InlineData("cn-north-1", false, false, "https://sqs.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-west-1", true, false, "https://sqs-fips.us-west-1.amazonaws.com")]
    [InlineData("us-gov-west-1", true, false, "https://sqs.us-gov-west-1.amazonaws.com")]
    [InlineData("us-west-1", false, true, "https://sqs.us-west-1.api.aws")]
    [InlineData("us-west-1", true, true, "https://sqs-fips.us-west-1.api.aws")]
    public void A_region_has_its_host(string region, bool fips, bool dualStack, string expected)
    {
        var config = new AmazonSQSConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
        };

        Assert.Equal(expected + "/", EndpointOf(config));
    }

    [Fact]
    public void A_configured_url_is_used_as_it_stands_and_takes_no_variants()
    {
        const string url = "http://127.0.0.1:4566";

        Assert.Equal(url + "/", EndpointOf(new AmazonSQSConfig { ServiceURL = url }));
        Assert.Throws<AmazonClientException>(() => EndpointOf(new AmazonSQSConfig { ServiceURL = url, UseFIPSEndpoint = true }));
        Assert.Throws<AmazonClientException>(() => EndpointOf(new AmazonSQSConfig { ServiceURL = url, UseDualstackEndpoint = true }));
    }

    [Fact]
    public async Task The_environment_gives_endpoint_region_and_credentials()
    {
        await using var server = await StubServer.AnsweringAsync("""{"QueueUrl":"found"}""");
        using var environment = new ScopedEnvironment(new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL_SQS"] = server.Url,
            ["AWS_REGION"] = "eu-central-1",
            ["AWS_ACCESS_KEY_ID"] = "from-environment",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
        });

        using var sqs = new AmazonSQSClient();
        Assert.Equal("found", (await sqs.GetQueueUrlAsync("q")).QueueUrl);

        Assert.Matches("Credential=from-environment/[0-9]{8}/eu-central-1/sqs/", Assert.Single(server.Requests).Headers.Authorization.ToString());
    }

    private static string EndpointOf(AmazonSQSConfig config) =>
        config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new ListQueuesRequest())).URL;
}
