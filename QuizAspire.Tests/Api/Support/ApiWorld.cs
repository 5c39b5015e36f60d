using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.S3;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QuizAspire.Api.Submissions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api.Support;

/// <summary>The emulators that the tests of the API share.</summary>
public sealed class Emulators : IAsyncLifetime
{
    public LocalDynamo Dynamo { get; } = new();

    public LocalSqs Sqs { get; } = new();

    public Task InitializeAsync() => Task.WhenAll(Dynamo.InitializeAsync(), Sqs.InitializeAsync());

    public Task DisposeAsync() => Task.WhenAll(Dynamo.DisposeAsync(), Sqs.DisposeAsync());
}

[CollectionDefinition(Name)]
public sealed class UsesEmulators : ICollectionFixture<Emulators>
{
    public const string Name = "API with emulators";
}

/// <summary>The API in this process, with tables and a queue of its own in the emulators.</summary>
internal sealed class ApiWorld : IAsyncDisposable
{
    private static readonly string[] Choices = ["right", "wrong"];

    // Any type of the API's assembly names it; its Program would be one of several that the tests see.
    private readonly WebApplicationFactory<SubmissionSender> _factory;

    private ApiWorld(WebApplicationFactory<SubmissionSender> factory, IAmazonSQS queueReader, WatchedS3 s3, Dictionary<string, string> resources)
    {
        (_factory, QueueReader, S3, Resources) = (factory, queueReader, s3, resources);
        Http = factory.CreateClient();
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _factory.Services;

    /// <summary>A client that goes straight to the queue, past whatever stands in for SQS.</summary>
    public IAmazonSQS QueueReader { get; }

    /// <summary>The client that the API has.</summary>
    public WatchedS3 S3 { get; }

    /// <summary>Physical names by the names that the configuration has for them.</summary>
    public Dictionary<string, string> Resources { get; }

    /// <param name="onKestrel">On a socket, where the in-process server would not do: it drops requests when it is stopped.</param>
    public static async Task<ApiWorld> StartAsync(
        Emulators emulators, TimeProvider? time = null, Func<IAmazonSQS, IAmazonSQS>? sqs = null,
        Action<IServiceCollection>? services = null, bool onKestrel = false)
    {
        var resources = await CreateResourcesAsync(emulators);
        return StartOn(emulators, resources, time, sqs, services, onKestrel);
    }

    /// <summary>Tables, queues and buckets that nobody else has.</summary>
    public static async Task<Dictionary<string, string>> CreateResourcesAsync(Emulators emulators)
    {
        var (submissions, requests, completed) = (
            await emulators.Sqs.CreateDeadLetterQueueAsync(maxReceiveCount: 3),
            await emulators.Sqs.CreateDeadLetterQueueAsync(isFifo: false),
            await emulators.Sqs.CreateDeadLetterQueueAsync(isFifo: false));
        return new()
        {
            ["SqsQueueUrl"] = submissions.SourceUrl,
            ["DlqUrl"] = submissions.Url,
            ["StatisticsRequestsQueueUrl"] = requests.SourceUrl,
            ["StatisticsRequestsDlqUrl"] = requests.Url,
            ["StatisticsCompletedQueueUrl"] = completed.SourceUrl,
            ["StatisticsCompletedDlqUrl"] = completed.Url,
            ["DynamodbTableName"] = await emulators.Dynamo.CreateResultsTableAsync(),
            ["QuizzesTableName"] = await emulators.Dynamo.CreateQuizzesTableAsync(),
            ["SubmissionsTableName"] = await emulators.Dynamo.CreateSubmissionsTableAsync(),
            ["StatisticsJobsTableName"] = await emulators.Dynamo.CreateStatisticsJobsTableAsync(),
            ["RawScoresBucketName"] = await emulators.Sqs.CreateBucketAsync(),
            ["StatisticsBucketName"] = await emulators.Sqs.CreateBucketAsync(),
        };
    }

    /// <summary>Another instance of the API over the same tables and queue.</summary>
    public static ApiWorld StartOn(
        Emulators emulators, Dictionary<string, string> resources, TimeProvider? time = null, Func<IAmazonSQS, IAmazonSQS>? sqs = null,
        Action<IServiceCollection>? services = null, bool onKestrel = false,
        Action<IWebHostBuilder>? host = null, WatchedS3? s3 = null)
    {
        s3 ??= emulators.Sqs.CreateS3Client();
        var queue = emulators.Sqs.CreateClient();
        var factory = new WebApplicationFactory<SubmissionSender>().WithWebHostBuilder(builder =>
        {
            builder.UseEnvironment("Production");
            foreach (var (name, value) in resources)
                builder.UseSetting($"AWS:Resources:{name}", value);
            host?.Invoke(builder);
            builder.ConfigureServices(collection =>
            {
                collection.Replace(ServiceDescriptor.Singleton<IAmazonDynamoDB>(_ => LocalDynamo.ClientOf(emulators.Dynamo.Endpoint)));
                collection.Replace(ServiceDescriptor.Singleton(_ => sqs?.Invoke(queue) ?? queue));
                collection.Replace(ServiceDescriptor.Singleton<IAmazonS3>(_ => s3));
                if (time is not null)
                    collection.Replace(ServiceDescriptor.Singleton(time));
                services?.Invoke(collection);
            });
        });
        if (onKestrel)
            factory.UseKestrel(server => server.Listen(IPAddress.Loopback, 0));
        return new ApiWorld(factory, emulators.Sqs.CreateClient(), s3, resources);
    }

    /// <summary>Stores a quiz of the given questions, whose right answer is "right" each.</summary>
    public async Task<JsonElement> PutQuizAsync(string quizId, params string[] questionIds)
    {
        var questions = questionIds.Select(id => new { question_id = id, text = $"{id}?", choices = Choices, correct_answer = "right" });
        var response = await Http.PutAsJsonAsync($"/quizzes/{quizId}", new { title = quizId, questions });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await ReadAsync(response);
    }

    public Task<HttpResponseMessage> SubmitAsync(string studentId, string quizId, object answers, string? idempotencyKey = null) =>
        PostAsync(JsonSerializer.Serialize(new { student_id = studentId, quiz_id = quizId, answers }), idempotencyKey);

    public Task<HttpResponseMessage> PostAsync(string json, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, "/submissions", Encoding.UTF8.GetBytes(json), idempotencyKey);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, byte[] body, string? idempotencyKey = null, string contentType = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return await Http.SendAsync(request);
    }

    /// <summary>The id of a submission that must have been accepted.</summary>
    public static async Task<string> AcceptedIdAsync(Task<HttpResponseMessage> response)
    {
        var accepted = await response;
        Assert.True(accepted.StatusCode == HttpStatusCode.Accepted, await accepted.Content.ReadAsStringAsync());
        return (await ReadAsync(accepted)).GetProperty("submission_id").GetString()!;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        var response = await Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await ReadAsync(response);
    }

    /// <summary>Takes messages from the queue until there have been so many.</summary>
    public async Task<List<Message>> ReceiveAsync(int count, string queue = "SqsQueueUrl")
    {
        var received = new List<Message>();
        await Eventually.BecomesTrueAsync(async () =>
        {
            received.AddRange(await ReceiveOnceAsync(queue));
            return received.Count >= count;
        }, $"{count} messages in the queue");
        return received;
    }

    /// <summary>What a poll without waiting gets; taken for good.</summary>
    public async Task<List<Message>> ReceiveOnceAsync(string queue = "SqsQueueUrl")
    {
        var response = await QueueReader.ReceiveMessageAsync(new ReceiveMessageRequest(Resources[queue])
        {
            MaxNumberOfMessages = 10,
            MessageAttributeNames = ["All"],
            MessageSystemAttributeNames = ["All"],
        });
        foreach (var message in response.Messages ?? [])
            await QueueReader.DeleteMessageAsync(Resources[queue], message.ReceiptHandle);
        return response.Messages ?? [];
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync());

    /// <summary>Asserts problem details of that status whose errors name the field.</summary>
    public static async Task<JsonElement> RefusedAsync(HttpResponseMessage response, int status, string field)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{status} expected, got {(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(text);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Contains(field, problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        return problem;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        QueueReader.Dispose();
        await _factory.DisposeAsync();
    }
}
