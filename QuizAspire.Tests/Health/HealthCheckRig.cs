using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using QuizAspire.Core.Health;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Health;

/// <summary>The function as a process, with a proxy before each service that it calls.</summary>
internal sealed class HealthCheckRig : IAsyncDisposable
{
    public const int DeadLetterThreshold = 2;
    public const int QueueThreshold = 3;

    private readonly RuntimeApiServer _runtime;
    private readonly List<FunctionProcess> _functions = [];

    private HealthCheckRig(HealthWorld world, RuntimeApiServer runtime, AwsProxy sqs, AwsProxy sns, AwsProxy cloudWatch, AwsProxy dynamo)
    {
        (World, _runtime, Sqs, Sns, CloudWatch, Dynamo) = (world, runtime, sqs, sns, cloudWatch, dynamo);
        CloudWatch.Intercept = TellAgesAsync;
        // The SDK may call a queue at its URL's host, so that is the proxy's too.
        string Url(QueueIdentity queue) => sqs.Endpoint + new Uri(queue.Url).AbsolutePath;
        Environment = new()
        {
            ["AWS_LAMBDA_RUNTIME_API"] = runtime.Address,
            ["AWS_REGION"] = "us-west-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
            ["AWS_ENDPOINT_URL_SQS"] = sqs.Endpoint,
            ["AWS_ENDPOINT_URL_SNS"] = sns.Endpoint,
            ["AWS_ENDPOINT_URL_CLOUDWATCH"] = cloudWatch.Endpoint,
            ["AWS_ENDPOINT_URL_DYNAMODB"] = dynamo.Endpoint,
            ["QUIZASPIRE_FUNCTION"] = "quiz-queue-health-check",
            ["QUIZASPIRE_DLQ_THRESHOLD"] = $"{DeadLetterThreshold}",
            ["QUIZASPIRE_QUEUE_THRESHOLD"] = $"{QueueThreshold}",
            ["AWS__Resources__SqsQueueUrl"] = Url(world.Queues[0]),
            ["AWS__Resources__DlqUrl"] = Url(world.Queues[1]),
            ["AWS__Resources__StatisticsRequestsQueueUrl"] = Url(world.Queues[2]),
            ["AWS__Resources__StatisticsRequestsDlqUrl"] = Url(world.Queues[3]),
            ["AWS__Resources__StatisticsCompletedQueueUrl"] = Url(world.Queues[4]),
            ["AWS__Resources__StatisticsCompletedDlqUrl"] = Url(world.Queues[5]),
            ["AWS__Resources__SnsTopicArn"] = world.TopicArn,
            ["AWS__Resources__HealthStateTableName"] = world.StateTable,
        };
    }

    public Dictionary<string, string> Environment { get; }

    public HealthWorld World { get; }

    public AwsProxy Sqs { get; }

    public AwsProxy Sns { get; }

    public AwsProxy CloudWatch { get; }

    public AwsProxy Dynamo { get; }

    /// <summary>Seconds, by the queue's name, that CloudWatch tells. Without an entry it knows of no data.</summary>
    public Dictionary<string, double> Ages { get; } = [];

    public static async Task<HealthCheckRig> CreateAsync(LocalSqs sqs, LocalDynamo dynamo) => new(
        await HealthWorld.CreateAsync(sqs, dynamo),
        await RuntimeApiServer.StartAsync(),
        await AwsProxy.StartAsync(sqs.Endpoint),
        await AwsProxy.StartAsync(sqs.Endpoint),
        await AwsProxy.StartAsync(),
        await AwsProxy.StartAsync(dynamo.Endpoint));

    /// <param name="assembly">The executable's assembly; the one that was built with these tests when not given.</param>
    public FunctionProcess StartFunction(string? assembly = null)
    {
        var function = FunctionProcess.Start(Environment, assembly: assembly);
        _functions.Add(function);
        return function;
    }

    /// <summary>As the scheduler invokes it.</summary>
    public Invocation Invoke(TimeSpan? timeout = null, string? trace = null) => _runtime.Invoke("{}", timeout ?? TimeSpan.FromSeconds(30), trace);

    /// <summary>Runs it and returns the answer's body.</summary>
    public async Task<JsonElement> RunAsync(TimeSpan? timeout = null)
    {
        var answer = await Invoke(timeout).Answer;
        Assert.False(answer.IsError, answer.Json);
        var result = Json.Of(answer.Json);
        Assert.Equal(200, result.GetProperty("statusCode").GetInt32());
        return Json.Of(result.GetProperty("body").GetString()!);
    }

    /// <summary>Runs it and returns the error that Lambda gets.</summary>
    public async Task<JsonElement> FailAsync(TimeSpan? timeout = null)
    {
        var answer = await Invoke(timeout).Answer;
        Assert.True(answer.IsError, answer.Json);
        return Json.Of(answer.Json);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var function in _functions)
            await function.DisposeAsync();
        await _runtime.DisposeAsync();
        await Sqs.DisposeAsync();
        await Sns.DisposeAsync();
        await CloudWatch.DisposeAsync();
        await Dynamo.DisposeAsync();
        World.Dispose();
    }

    private Task<AwsAnswer> TellAgesAsync(AwsCall call)
    {
        var form = QueryHelpers.ParseQuery(call.Body);
        var results = string.Concat(Enumerable.Range(1, 10).Select(number => $"MetricDataQueries.member.{number}")
            .Where(query => form.ContainsKey($"{query}.Id"))
            .Select(query =>
            {
                var values = Ages.TryGetValue(form[$"{query}.MetricStat.Metric.Dimensions.member.1.Value"].ToString(), out var age)
                    ? FormattableString.Invariant(
                        $"<Timestamps>{Minute(0)}{Minute(1)}</Timestamps><Values><member>1</member><member>{age}</member></Values>")
                    : "<Timestamps/><Values/>";
                return $"<member><Id>{form[$"{query}.Id"]}</Id><Label>age</Label>{values}<StatusCode>Complete</StatusCode></member>";
            }));
        return Task.FromResult(new AwsAnswer(
            200,
            "<GetMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\"><GetMetricDataResult>" +
            $"<MetricDataResults>{results}</MetricDataResults></GetMetricDataResult></GetMetricDataResponse>",
            "text/xml"));

        static string Minute(int minute) => $"<member>2026-11-22T12:0{minute}:00Z</member>";
    }
}
