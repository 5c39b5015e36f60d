using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.AppHost;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;
using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.Tests.Telemetry;

/// <summary>The API and quiz-processor in processes of their own, with emulators between them and a collector that both export to.</summary>
internal sealed class TracedSystem : IAsyncDisposable
{
    public const string ApiService = "api";
    public const string FunctionService = "quiz-processor";

    private const int Connections = 16;
    private const int BatchSize = 10;
    private static readonly string[] Choices = ["right", "wrong"];

    private readonly Emulators _emulators;
    private readonly Dictionary<string, string> _resources;
    private readonly RuntimeApiServer _runtime;
    private readonly IAmazonSQS _queue;
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<string, string> _accepted = new();
    private int _students;

    private TracedSystem(
        Emulators emulators, Dictionary<string, string> resources, CollectorStub collector, RuntimeApiServer runtime, FunctionProcess api,
        FunctionProcess function, string address)
    {
        (_emulators, _resources, Collector, _runtime, Api, Function) = (emulators, resources, collector, runtime, api, function);
        _queue = emulators.Sqs.CreateClient();
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, ActivityHeadersPropagator = null })
        {
            BaseAddress = new Uri(address),
        };
    }

    public CollectorStub Collector { get; }

    public FunctionProcess Api { get; }

    public FunctionProcess Function { get; }

    /// <param name="grpc">The protocol that both export by, else HTTP.</param>
    public static async Task<TracedSystem> StartAsync(Emulators emulators, bool grpc = false, CollectorMode mode = CollectorMode.Good)
    {
        var resources = await ApiWorld.CreateResourcesAsync(emulators);
        var collector = await Collectors.StartAsync(mode);
        var runtime = await RuntimeApiServer.StartAsync();
        var address = $"http://127.0.0.1:{LocalPorts.Free()}";
        var aws = new Dictionary<string, string>
        {
            ["AWS_REGION"] = "us-west-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
            ["AWS_ENDPOINT_URL_DYNAMODB"] = emulators.Dynamo.Endpoint,
            ["AWS_ENDPOINT_URL_SQS"] = emulators.Sqs.Endpoint,
            ["AWS_ENDPOINT_URL_S3"] = emulators.Sqs.Endpoint,
        };
        foreach (var (name, value) in resources)
            aws[$"AWS__Resources__{name}"] = value;
        var api = FunctionProcess.Start(
            With(aws, collector.EnvironmentFor(ApiService, grpc), ("ASPNETCORE_URLS", address), ("ASPNETCORE_ENVIRONMENT", "Production")),
            project: "QuizAspire.Api");
        var function = FunctionProcess.Start(With(
            aws,
            collector.EnvironmentFor(FunctionService, grpc),
            ("AWS_LAMBDA_RUNTIME_API", runtime.Address),
            ("AWS_LAMBDA_FUNCTION_NAME", FunctionService),
            ("QUIZASPIRE_FUNCTION", FunctionService),
            ("QUIZASPIRE_MAX_RECEIVE_COUNT", "3")));
        var system = new TracedSystem(emulators, resources, collector, runtime, api, function, address);
        await Eventually.BecomesTrueAsync(system.IsAliveAsync, "the API answers", TimeSpan.FromSeconds(60));
        var questions = Enumerable.Range(0, 5).Select(i => new { question_id = $"q{i}", text = $"{i}?", choices = Choices, correct_answer = "right" });
        using var put = await system._http.PutAsJsonAsync("/quizzes/rivers", new { title = "Rivers", questions });
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        return system;
    }

    /// <summary>So many students submit; then the queue is drained through the function, in batches.</summary>
    public async Task SubmitAndProcessAsync(int submissions)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Connections };
        await Parallel.ForAsync(0, submissions, options, async (_, _) => await SubmitAsync());
        await DrainAsync(submissions);
    }

    /// <summary>The oracle: every submission that was accepted has one completed result, and there is no other.</summary>
    public async Task AssertNothingIsLostAsync()
    {
        var stored = new List<Dictionary<string, AttributeValue>>();
        var scan = new ScanRequest { TableName = _resources["DynamodbTableName"], ConsistentRead = true };
        do
        {
            var page = await _emulators.Dynamo.Client.ScanAsync(scan);
            stored.AddRange(page.Items);
            scan.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (scan.ExclusiveStartKey is { Count: > 0 });

        Assert.NotEmpty(stored);
        Assert.Equal(
            _accepted.Select(pair => (Id: pair.Key, Student: pair.Value)).Order(),
            stored.Select(item => (Id: item["submission_id"].S, Student: item["student_id"].S)).Order());
        Assert.All(stored, item => Assert.Equal("completed", item["status"].S));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _queue.Dispose();
        await Api.DisposeAsync();
        await Function.DisposeAsync();
        await _runtime.DisposeAsync();
        await Collector.DisposeAsync();
    }

    private static Dictionary<string, string> With(
        Dictionary<string, string> some, Dictionary<string, string> others, params IEnumerable<(string Name, string Value)> own) =>
        some.Concat(others).Concat(own.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))).ToDictionary();

    private async Task SubmitAsync()
    {
        var student = $"student-{Interlocked.Increment(ref _students)}";
        using var response = await _http.PostAsJsonAsync(
            "/submissions", new { student_id = student, quiz_id = "rivers", answers = new { q0 = "right", q1 = "wrong" } });
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, body);
        Assert.True(_accepted.TryAdd(Json.Of(body).GetProperty("submission_id").GetString()!, student));
    }

    /// <summary>Does what Lambda's event source does.</summary>
    private async Task DrainAsync(int submissions)
    {
        var url = _resources["SqsQueueUrl"];
        var processed = 0;
        await Eventually.BecomesTrueAsync(async () =>
        {
            var received = await _queue.ReceiveMessageAsync(new ReceiveMessageRequest(url)
            {
                MaxNumberOfMessages = BatchSize, MessageAttributeNames = ["All"], MessageSystemAttributeNames = ["All"],
            });
            if (received.Messages is not { Count: > 0 } messages)
                return processed >= submissions;

            var answer = await _runtime.Invoke(EventOf(messages)).Answer;
            Assert.Empty(answer.Failures);
            foreach (var message in messages)
                await _queue.DeleteMessageAsync(url, message.ReceiptHandle);
            processed += messages.Count;
            return processed >= submissions;
        }, $"{submissions} messages processed", TimeSpan.FromMinutes(2));
    }

    private static string EventOf(IEnumerable<Message> messages) => JsonSerializer.Serialize(new
    {
        Records = messages.Select(message => new
        {
            messageId = message.MessageId,
            receiptHandle = message.ReceiptHandle,
            body = message.Body,
            attributes = message.Attributes,
            messageAttributes = (message.MessageAttributes ?? []).ToDictionary(
                attribute => attribute.Key, attribute => new { stringValue = attribute.Value.StringValue, dataType = attribute.Value.DataType }),
            md5OfBody = message.MD5OfBody,
            eventSource = "aws:sqs",
            eventSourceARN = "arn:aws:sqs:us-west-1:000000000000:quiz-submissions.fifo",
            awsRegion = "us-west-1",
        }),
    });

    private async Task<bool> IsAliveAsync()
    {
        Assert.False(Api.HasExited, Api.Output);
        try
        {
            using var answer = await _http.GetAsync(new Uri("/alive", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
