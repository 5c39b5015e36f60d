using System.Net;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;

namespace Standins.Tests.CloudFormation;

public sealed class ErrorTests
{
    private static readonly DescribeStacksRequest Request = new() { StackName = "quiz" };

    [Theory]
    [InlineData("AlreadyExistsException", typeof(AlreadyExistsException))]
    [InlineData("ChangeSetNotFound", typeof(ChangeSetNotFoundException))]
    [InlineData("InsufficientCapabilitiesException", typeof(InsufficientCapabilitiesException))]
    [InlineData("InvalidChangeSetStatus", typeof(InvalidChangeSetStatusException))]
    [InlineData("ValidationError", typeof(AmazonCloudFormationException))]
    public async Task An_error_is_thrown_as_the_exception_of_its_code(string code, Type expected)
    {
        await using var server = await CloudFormationClients.FailingAsync(400, CloudFormationClients.Error(code, "what is &lt;wrong&gt;"));
        using var client = CloudFormationClients.For(server.Url);

        var error = await Assert.ThrowsAnyAsync<AmazonCloudFormationException>(() => client.DescribeStacksAsync(Request));

        Assert.Equal(expected, error.GetType());
        Assert.Equal((code, "what is <wrong>", ErrorType.Sender), (error.ErrorCode, error.Message, error.ErrorType));
        Assert.Equal(("request-1", HttpStatusCode.BadRequest), (error.RequestId, error.StatusCode));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(400, "Throttling")]
    [InlineData(400, "RequestLimitExceeded")]
    [InlineData(500, "InternalFailure")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task Throttling_and_server_faults_are_tried_again(int status, string code)
    {
        await using var server = await StubServer.StartAsync((context, number) => number <= 2
            ? StubServer.WriteXmlAsync(context, status, CloudFormationClients.Error(code, "Rate exceeded"))
            : StubServer.WriteXmlAsync(context, 200, CloudFormationClients.Answer("DescribeStacks", "<Stacks/>")));
        using var client = CloudFormationClients.For(server.Url, config => config.MaxErrorRetry = 2);

        await client.DescribeStacksAsync(Request);

        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData("<html><body>Bad gateway")]
    [InlineData("")]
    public async Task An_answer_that_is_no_error_of_the_service_is_one_with_its_status(string body)
    {
        await using var server = await CloudFormationClients.FailingAsync(502, body);
        using var client = CloudFormationClients.For(server.Url, config => config.MaxErrorRetry = 0);

        var error = await Assert.ThrowsAsync<AmazonCloudFormationException>(() => client.DescribeStacksAsync(Request));

        Assert.Equal(HttpStatusCode.BadGateway, error.StatusCode);
        Assert.Contains("502", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_nobody_serves_is_an_error_and_no_wait()
    {
        using var client = CloudFormationClients.For("http://127.0.0.1:1", config => config.MaxErrorRetry = 0);

        await Assert.ThrowsAnyAsync<Exception>(() => client.DescribeStacksAsync(Request)).WaitAsync(TimeSpan.FromSeconds(20));
    }
}
