using System.Diagnostics;
using System.Xml.Linq;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using QuizAspire.AppHost.Monitoring.LocalServer;
using QuizAspire.AppHost.Monitoring.Metrics;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Alarms;

/// <summary>GetMetricData as real clients call it.</summary>
public sealed class CloudWatchApiTests : IAsyncLifetime, IDisposable
{
    private const string Form = "Action=GetMetricData&StartTime=2026-11-21T12:00:00Z&EndTime=2026-11-21T12:10:00Z&MetricDataQueries.member.1.Id=m"
        + "&MetricDataQueries.member.1.MetricStat.Period=60&MetricDataQueries.member.1.MetricStat.Stat=Maximum"
        + "&MetricDataQueries.member.1.MetricStat.Metric.Namespace=AWS%2FSQS"
        + "&MetricDataQueries.member.1.MetricStat.Metric.MetricName=ApproximateNumberOfMessagesVisible"
        + "&MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name=QueueName"
        + "&MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value=quiz-submissions.fifo";

    private static readonly HttpClient Http = new();

    private readonly MetricStore _store = new(TimeSpan.FromHours(1));
    private readonly MonitoringServer _server = new();
    private readonly AmazonCloudWatchClient _client;

    public CloudWatchApiTests() => _client = new AmazonCloudWatchClient(new BasicAWSCredentials("a", "b"), new AmazonCloudWatchConfig
    {
        ServiceURL = _server.Address,
        AuthenticationRegion = "us-west-1",
        MaxErrorRetry = 0,
    });

    public Task InitializeAsync()
    {
        for (var second = 0; second < 600; second += 5)
            _store.Add(AlarmCases.Noon.AddSeconds(second), [new Measurement(AlarmCases.Depth, second / 60)]);
        _server.Map(new CloudWatchApi(_store).Map);
        return _server.StartAsync(NullLoggerFactory.Instance, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task The_SDK_gets_the_statistic_of_each_period_newest_first()
    {
        var answer = await _client.GetMetricDataAsync(Request("Maximum", 300));

        var result = Assert.Single(answer.MetricDataResults);
        Assert.Equal(("m", StatusCode.Complete), (result.Id, result.StatusCode));
        Assert.Equal([9, 4], result.Values);
        Assert.Equal([AlarmCases.Noon.AddMinutes(5), AlarmCases.Noon], result.Timestamps.Select(time => new DateTimeOffset(time.ToUniversalTime())));
    }

    [Fact]
    public async Task Start_within_a_minute_is_rounded_down_to_it()
    {
        var request = Request("SampleCount", 60);
        request.StartTime = AlarmCases.Noon.UtcDateTime.AddSeconds(90);

        var answer = await _client.GetMetricDataAsync(request);

        Assert.Equal(9, answer.MetricDataResults.Single().Values.Count);
        Assert.All(answer.MetricDataResults.Single().Values, count => Assert.Equal(12, count));
    }

    [Fact]
    public async Task Metric_that_nobody_measures_has_no_values_and_is_no_error()
    {
        var request = Request("Sum", 60);
        request.MetricDataQueries[0].MetricStat.Metric.MetricName = "NumberOfMessagesSent";

        var answer = await _client.GetMetricDataAsync(request);

        Assert.Empty(answer.MetricDataResults.Single().Values ?? []);
    }

    [Fact]
    public async Task Pages_together_hold_what_one_answer_would()
    {
        var (values, token, pages) = (new List<string>(), (string?)null, 0);
        do
        {
            var (_, answer) = await PostAsync($"{Form}&MaxDatapoints=3{(token is null ? "" : $"&NextToken={token}")}");
            token = Texts(answer, "NextToken").SingleOrDefault();
            Assert.Equal(token is null ? "Complete" : "PartialData", Texts(answer, "StatusCode").Single());
            values.AddRange(answer.Descendants().Where(element => element.Name.LocalName == "Values").Elements().Select(value => value.Value));
            pages++;
        }
        while (token is not null);

        Assert.Equal(Enumerable.Range(0, 10).Reverse().Select(minute => $"{minute}"), values);
        Assert.Equal(4, pages);
    }

    [Fact]
    public async Task Refusal_reaches_the_SDKs_caller_with_its_code_and_reason()
    {
        var refusal = await Assert.ThrowsAsync<AmazonCloudWatchException>(() => _client.GetMetricDataAsync(Request("IQM", 60)));

        Assert.Equal("InvalidParameterValue", refusal.ErrorCode);
        Assert.Contains("IQM", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metric_math_is_refused()
    {
        var (status, answer) = await PostAsync(
            "Action=GetMetricData&StartTime=2026-11-21T12:00:00Z&EndTime=2026-11-21T13:00:00Z"
            + "&MetricDataQueries.member.1.Id=e&MetricDataQueries.member.1.Expression=m1/m2");

        Assert.Equal((400, "ValidationError"), (status, Texts(answer, "Code").Single()));
    }

    [Theory]
    [InlineData("Action=GetMetricData", "MissingParameter")]
    [InlineData("Action=GetMetricData&StartTime=yesterday&EndTime=2026-11-21T12:00:00Z", "InvalidParameterValue")]
    [InlineData("Action=GetMetricData&StartTime=2026-11-21T12:00:00Z&EndTime=2026-11-21T12:00:00Z", "InvalidParameterValue")]
    [InlineData("Action=GetMetricData&StartTime=2026-11-21T12:00:00Z&EndTime=2026-11-21T13:00:00Z", "InvalidParameterValue")]
    [InlineData("Action=PutMetricData", "InvalidAction")]
    [InlineData("", "InvalidAction")]
    public async Task What_is_wrong_with_a_request_is_told_in_AWSs_form(string form, string code)
    {
        var (status, answer) = await PostAsync(form);

        Assert.Equal((400, code), (status, Texts(answer, "Code").Single()));
    }

    [Fact]
    public async Task Another_protocol_is_refused()
    {
        using var body = new StringContent("{}", null, "application/x-amz-json-1.0");

        using var answer = await Http.PostAsync(_server.Address, body);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    [BotoFact]
    public async Task A_client_that_nobody_here_wrote_reads_it_too()
    {
        // botocore would choose another of CloudWatch's protocols; its model is told that Query is the only one.
        const string Script = """
            import sys, json, datetime, botocore.session
            session = botocore.session.Session()
            session.set_credentials("a", "b")
            loader = session.get_component("data_loader")
            load = loader.load_service_model
            def query_only(service, kind, *rest, **more):
                model = load(service, kind, *rest, **more)
                if service == "cloudwatch" and kind == "service-2":
                    model["metadata"].update(protocol="query", protocols=["query"])
                return model
            loader.load_service_model = query_only
            client = session.create_client("cloudwatch", region_name="us-west-1", endpoint_url=sys.argv[1])
            noon = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.timezone.utc)
            depth = dict(Namespace="AWS/SQS", MetricName="ApproximateNumberOfMessagesVisible",
                         Dimensions=[dict(Name="QueueName", Value="quiz-submissions.fifo")])
            answer = client.get_metric_data(
                StartTime=noon, EndTime=noon + datetime.timedelta(minutes=10), ScanBy="TimestampAscending",
                MetricDataQueries=[dict(Id="m", MetricStat=dict(Period=300, Stat="Average", Metric=depth))])
            result = answer["MetricDataResults"][0]
            print(json.dumps([result["Id"], result["StatusCode"], result["Values"], [str(time) for time in result["Timestamps"]]]))
            """;
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Script, _server.Address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (output, errors) = (python.StandardOutput.ReadToEndAsync(limit.Token), python.StandardError.ReadToEndAsync(limit.Token));
        await python.WaitForExitAsync(limit.Token);

        Assert.True(python.ExitCode == 0, await errors);
        Assert.Equal(
            """["m", "Complete", [2.0, 7.0], ["2026-11-21 12:00:00+00:00", "2026-11-21 12:05:00+00:00"]]""", (await output).Trim());
    }

    private static IEnumerable<string> Texts(XElement answer, string name) =>
        answer.Descendants().Where(element => element.Name.LocalName == name).Select(element => element.Value);

    private async Task<(int Status, XElement Answer)> PostAsync(string form)
    {
        using var body = new StringContent(form, null, "application/x-www-form-urlencoded");
        using var answer = await Http.PostAsync(_server.Address, body);
        return ((int)answer.StatusCode, XElement.Parse(await answer.Content.ReadAsStringAsync()));
    }

    private static GetMetricDataRequest Request(string statistic, int period) => new()
    {
        StartTime = AlarmCases.Noon.UtcDateTime,
        EndTime = AlarmCases.Noon.UtcDateTime.AddMinutes(10),
        MetricDataQueries =
        [
            new MetricDataQuery
            {
                Id = "m",
                MetricStat = new MetricStat
                {
                    Metric = new Amazon.CloudWatch.Model.Metric
                    {
                        Namespace = "AWS/SQS",
                        MetricName = "ApproximateNumberOfMessagesVisible",
                        Dimensions = [new Dimension { Name = "QueueName", Value = "quiz-submissions.fifo" }],
                    },
                    Period = period,
                    Stat = statistic,
                },
            },
        ],
    };
}
