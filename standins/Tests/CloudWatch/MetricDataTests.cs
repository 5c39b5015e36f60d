using System.Net;
using Amazon;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Standins.Tests.CloudWatch;

/// <summary>What goes over the wire. The expected form follows the query marshaller of AWSSDK.CloudWatch 4.0.</summary>
[Collection(nameof(Sqs.EndpointTests))]
public sealed class MetricDataTests
{
    private const string Answer =
        """
        <GetMetricDataResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><GetMetricDataResult><MetricDataResults>
          <member><Id>age0</Id><Label>Age</Label>
            <Timestamps><member>2026-11-22T12:01:00Z</member><member>2026-11-22T12:00:00Z</member></Timestamps>
            <Values><member>61.5</member><member>1.0E3</member></Values><StatusCode>PartialData</StatusCode></member>
          <member><Id>age1</Id><Timestamps/><Values/><StatusCode>Complete</StatusCode></member>
        </MetricDataResults><NextToken>more</NextToken></GetMetricDataResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetMetricDataResponse>
        """;

    private static readonly GetMetricDataRequest Request = new()
    {
        StartTime = new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc),
        EndTime = new DateTime(2026, 11, 22, 12, 15, 0, 250, DateTimeKind.Utc),
        ScanBy = ScanBy.TimestampDescending,
        NextToken = "n",
        MetricDataQueries =
        [
            new()
            {
                Id = "age0",
                MetricStat = new()
                {
                    Metric = new() { Namespace = "AWS/SQS", MetricName = "ApproximateAgeOfOldestMessage", Dimensions = [new() { Name = "QueueName", Value = "q.fifo" }] },
                    Period = 60,
                    Stat = "Maximum",
                },
            },
        ],
    };

    [Fact]
    public async Task A_request_is_a_form_of_its_members()
    {
        await using var server = await AnsweringAsync(Answer);
        using var cloudWatch = For(server.Url);

        await cloudWatch.GetMetricDataAsync(Request);

        var (headers, body) = Assert.Single(server.Requests);
        const string Query = "MetricDataQueries.member.1";
        Assert.Equal(
            QueryForm.Of(
                "Action=GetMetricData&Version=2010-08-01&StartTime=2026-11-22T12%3A00%3A00Z&EndTime=2026-11-22T12%3A15%3A00.250Z&ScanBy=TimestampDescending&NextToken=n"
                + $"&{Query}.Id=age0&{Query}.MetricStat.Period=60&{Query}.MetricStat.Stat=Maximum&{Query}.MetricStat.Metric.Namespace=AWS%2FSQS"
                + $"&{Query}.MetricStat.Metric.MetricName=ApproximateAgeOfOldestMessage"
                + $"&{Query}.MetricStat.Metric.Dimensions.member.1.Name=QueueName&{Query}.MetricStat.Metric.Dimensions.member.1.Value=q.fifo"),
            QueryForm.Of(body));
        Assert.Matches(@"^AWS4-HMAC-SHA256 Credential=access/\d{8}/us-west-1/monitoring/aws4_request, ", headers.Authorization.ToString());
    }

    [Fact]
    public async Task Values_and_their_times_are_read()
    {
        await using var server = await AnsweringAsync(Answer);
        using var cloudWatch = For(server.Url);

        var answer = await cloudWatch.GetMetricDataAsync(Request);

        Assert.Equal(("more", "r"), (answer.NextToken, answer.ResponseMetadata.RequestId));
        var (data, none) = (answer.MetricDataResults[0], answer.MetricDataResults[1]);
        Assert.Equal(("age0", "Age", StatusCode.PartialData), (data.Id, data.Label, data.StatusCode));
        Assert.Equal([61.5, 1000], data.Values);
        Assert.Equal([new DateTime(2026, 11, 22, 12, 1, 0), new DateTime(2026, 11, 22, 12, 0, 0)], data.Timestamps);
        Assert.All(data.Timestamps, time => Assert.Equal(DateTimeKind.Utc, time.Kind));
        Assert.Equal(("age1", StatusCode.Complete, null, null), (none.Id, none.StatusCode, none.Values, none.Timestamps));
    }

    [Fact]
    public async Task An_error_is_thrown_with_its_code()
    {
        await using var server = await StubServer.StartAsync((context, _) => StubServer.WriteXmlAsync(context, 403,
            "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse>"));
        using var cloudWatch = For(server.Url);

        var error = await Assert.ThrowsAsync<AmazonCloudWatchException>(() => cloudWatch.GetMetricDataAsync(Request));

        Assert.Equal(("AccessDenied", "no", HttpStatusCode.Forbidden), (error.ErrorCode, error.Message, error.StatusCode));
    }

    [Theory]
    [InlineData("us-west-1", "https://monitoring.us-west-1.amazonaws.com/")]
    [InlineData("cn-north-1", "https://monitoring.cn-north-1.amazonaws.com.cn/")]
    public void A_region_has_its_host(string region, string expected)
    {
        var config = new AmazonCloudWatchConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region) };

        Assert.Equal(expected, config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(Request)).URL);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_CLOUDWATCH")]
    [InlineData("AWS_ENDPOINT_URL")]
    public async Task The_environment_gives_endpoint_region_and_credentials(string variable)
    {
        await using var server = await AnsweringAsync(Answer);
        using var environment = new ScopedEnvironment(new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1",
            [variable] = server.Url,
            ["AWS_REGION"] = "eu-central-1",
            ["AWS_ACCESS_KEY_ID"] = "from-environment",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
        });

        using var cloudWatch = new AmazonCloudWatchClient();
        await cloudWatch.GetMetricDataAsync(Request);

        Assert.Matches("Credential=from-environment/[0-9]{8}/eu-central-1/monitoring/", Assert.Single(server.Requests).Headers.Authorization.ToString());
    }

    private static AmazonCloudWatchClient For(string url) => new(
        new BasicAWSCredentials("access", "secret"), new AmazonCloudWatchConfig { ServiceURL = url, AuthenticationRegion = "us-west-1", MaxErrorRetry = 0 });

    private static Task<StubServer> AnsweringAsync(string answer) =>
        StubServer.StartAsync((context, _) => StubServer.WriteXmlAsync(context, 200, answer));
}
