using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using OpenTelemetry;
using OpenTelemetry.Trace;
using QuizAspire.ServiceDefaults.Aws;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.ServiceDefaults;

public sealed class AwsCallSpansTests : IAsyncLifetime, IDisposable
{
    private static readonly BasicAWSCredentials Credentials = new("local", "local");

    // Its value would be an answer or a name.
    private static readonly Amazon.DynamoDBv2.Model.AttributeValue Secret = new() { S = "secret" };

    private readonly FinishedSpans _spans = new();
    private readonly TracerProvider _tracing;
    private AwsProxy _aws = null!;

    public AwsCallSpansTests() =>
        _tracing = Sdk.CreateTracerProviderBuilder().AddSource("QuizAspire.Aws", "System.Net.Http").AddProcessor(_spans).Build();

    public async Task InitializeAsync()
    {
        _aws = await AwsProxy.StartAsync();
        _aws.Intercept = call => Task.FromResult(new AwsAnswer(200, call.Operation == "BatchWriteItem" ? """{"UnprocessedItems":{}}""" : "{}"));
    }

    public async Task DisposeAsync() => await _aws.DisposeAsync();

    public void Dispose()
    {
        _tracing.Dispose();
        _spans.Dispose();
    }

    [Fact]
    public async Task A_call_is_one_span_by_the_conventions_without_spans_of_HTTP_below_and_without_values()
    {
        using var dynamo = Dynamo();
        var spans = await TraceAsync(() => dynamo.PutItemAsync("results", new() { ["student_id"] = Secret }));

        var span = Assert.Single(spans);
        Assert.Equal(("DynamoDB.PutItem", ActivityKind.Client, ActivityStatusCode.Unset), (span.DisplayName, span.Kind, span.Status));
        AssertTags(
            span,
            ("rpc.system", "aws-api"), ("rpc.service", "DynamoDB"), ("rpc.method", "PutItem"), ("db.system.name", "aws.dynamodb"),
            ("db.operation.name", "PutItem"), ("db.collection.name", "results"), ("http.response.status_code", 200), ("server.address", "127.0.0.1"),
            ("server.port", new Uri(_aws.Endpoint).Port), ("cloud.region", "us-west-1"));
        Assert.Null(span.GetTagItem("http.request.resend_count"));
        Assert.DoesNotContain("secret", Text(span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_tells_its_table_and_its_size()
    {
        using var dynamo = Dynamo();
        var write = new WriteRequest(new PutRequest(new() { ["student_id"] = Secret }));

        var span = Assert.Single(await TraceAsync(() => dynamo.BatchWriteItemAsync(new BatchWriteItemRequest
        {
            RequestItems = new() { ["results"] = [write, write, write] },
        })));

        AssertTags(span, ("db.collection.name", "results"), ("db.operation.batch.size", 3));
        Assert.DoesNotContain("secret", Text(span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_are_described_by_their_queue_and_their_number()
    {
        using var sqs = new AmazonSQSClient(Credentials, Configured(new AmazonSQSConfig()));
        var url = _aws.Endpoint + "/000000000000/quiz-submissions.fifo";

        var span = Assert.Single(await TraceAsync(() => sqs.SendMessageBatchAsync(url, [new("1", "secret"), new("2", "secret")])));

        Assert.Equal("SQS.SendMessageBatch", span.DisplayName);
        AssertTags(
            span, ("messaging.system", "aws_sqs"), ("messaging.destination.name", "quiz-submissions.fifo"), ("aws.sqs.queue.url", url),
            ("messaging.batch.message_count", 2));
        Assert.DoesNotContain("secret", Text(span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notification_is_described_by_its_topic()
    {
        using var sns = new AmazonSimpleNotificationServiceClient(Credentials, Configured(new AmazonSimpleNotificationServiceConfig()));
        const string Topic = "arn:aws:sns:us-west-1:000000000000:quiz-statistics";
        _aws.Intercept = _ => Task.FromResult(new AwsAnswer(
            200, "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>", "text/xml"));

        var span = Assert.Single(await TraceAsync(() => sns.PublishAsync(new PublishRequest(Topic, "secret", "secret"))));

        Assert.Equal("SNS.Publish", span.DisplayName);
        AssertTags(span, ("messaging.system", "aws.sns"), ("aws.sns.topic.arn", Topic));
        Assert.DoesNotContain("secret", Text(span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_is_described_by_bucket_and_key_and_one_that_is_not_there_is_an_answer()
    {
        using var s3 = new AmazonS3Client(Credentials, Configured(new AmazonS3Config { ForcePathStyle = true }));

        // The proxy knows no GET, so it answers 404 or 405.
        var span = Assert.Single(await TraceAsync(() => Assert.ThrowsAnyAsync<AmazonS3Exception>(() => s3.GetObjectMetadataAsync(new GetObjectMetadataRequest
        {
            BucketName = "quiz-statistics", Key = "statistics/1.json",
        }))));

        Assert.Equal("S3.GetObjectMetadata", span.DisplayName);
        AssertTags(span, ("aws.s3.bucket", "quiz-statistics"), ("aws.s3.key", "statistics/1.json"));
        Assert.NotNull(span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task Attempts_are_on_the_one_span()
    {
        using var dynamo = Dynamo(retries: 2);
        var calls = 0;
        _aws.Intercept = _ => Task.FromResult(++calls < 3 ? AwsAnswer.JsonError("InternalServerError", 500) : new AwsAnswer(200, "{}"));

        var span = Assert.Single(await TraceAsync(() => dynamo.GetItemAsync("results", new() { ["student_id"] = Secret })));

        AssertTags(span, ("http.request.resend_count", 2), ("http.response.status_code", 200));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Theory]
    [InlineData("ConditionalCheckFailedException", ActivityStatusCode.Unset)]
    [InlineData("ResourceNotFoundException", ActivityStatusCode.Error)]
    public async Task What_AWS_refuses_has_its_code_and_only_what_nobody_expects_is_an_error(string code, ActivityStatusCode status)
    {
        using var dynamo = Dynamo();
        _aws.Intercept = _ => Task.FromResult(AwsAnswer.JsonError(code));

        var span = Assert.Single(await TraceAsync(() => Assert.ThrowsAnyAsync<AmazonDynamoDBException>(
            () => dynamo.PutItemAsync("results", new() { ["student_id"] = Secret }))));

        AssertTags(span, ("error.type", code), ("http.response.status_code", 400));
        Assert.Equal(status, span.Status);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_an_error_with_the_type_of_what_was_thrown()
    {
        var nobody = Configured(new AmazonDynamoDBConfig());
        nobody.ServiceURL = "http://127.0.0.1:1";
        using var dynamo = new AmazonDynamoDBClient(Credentials, nobody);

        var span = Assert.Single(await TraceAsync(() => Assert.ThrowsAnyAsync<Exception>(
            () => dynamo.GetItemAsync("results", new() { ["student_id"] = Secret }))));

        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.NotNull(span.GetTagItem("error.type"));
        Assert.Null(span.GetTagItem("http.response.status_code"));
    }

    [Fact]
    public async Task An_attempt_that_hangs_is_given_up_in_its_time()
    {
        _aws.Intercept = call => call.HangAsync();
        using var dynamo = new AmazonDynamoDBClient(Credentials, Configured(new AmazonDynamoDBConfig(), retries: 0, TimeSpan.FromMilliseconds(100)));

        var span = Assert.Single(await TraceAsync(() => Assert.ThrowsAsync<TimeoutException>(
            () => dynamo.GetItemAsync("results", new() { ["student_id"] = Secret }).WaitAsync(TimeSpan.FromSeconds(30)))));

        // The call's own time was over, not the test's patience.
        AssertTags(span, ("error.type", "System.TimeoutException"));
    }

    [Fact]
    public async Task A_call_leaves_the_callers_span_the_current_one()
    {
        using var dynamo = Dynamo();
        using var caller = new Activity("caller") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();

        var call = dynamo.GetItemAsync("results", new() { ["student_id"] = Secret });

        Assert.Same(caller, Activity.Current);
        await call;
        Assert.Same(caller, Activity.Current);
        Assert.Equal(caller.SpanId, Assert.Single(_spans.Of(caller.TraceId)).ParentSpanId);
    }

    [Fact]
    public async Task A_call_below_a_span_that_nobody_keeps_is_in_no_trace_even_where_everything_is_sampled()
    {
        using var spans = new FinishedSpans();
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .SetSampler(new AlwaysOnSampler()).AddSource("QuizAspire.Aws", "System.Net.Http").AddProcessor(spans).Build();
        using var dynamo = Dynamo();
        using var check = new Activity("health check").Start();

        await dynamo.GetItemAsync("results", new() { ["student_id"] = Secret });

        Assert.Empty(spans.Of(check.TraceId));
        check.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        await dynamo.GetItemAsync("results", new() { ["student_id"] = Secret });
        Assert.Single(spans.Of(check.TraceId));
    }

    private AmazonDynamoDBClient Dynamo(int retries = 0) => new(Credentials, Configured(new AmazonDynamoDBConfig(), retries));

    private T Configured<T>(T config, int retries = 0, TimeSpan? timeout = null)
        where T : ClientConfig
    {
        AwsClients.Configured(config, new AwsPatience(timeout ?? TimeSpan.FromSeconds(30), retries));
        (config.ServiceURL, config.AuthenticationRegion) = (_aws.Endpoint, "us-west-1");
        return config;
    }

    private async Task<IReadOnlyList<Activity>> TraceAsync(Func<Task> calls)
    {
        using var test = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        await calls();
        return _spans.Of(test.TraceId);
    }

    private static void AssertTags(Activity span, params (string Name, object Value)[] tags) =>
        Assert.Equal(tags, tags.Select(tag => (tag.Name, span.GetTagItem(tag.Name)!)));

    private static string Text(Activity span) => string.Join(
        '\n', span.TagObjects.Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}")).Append(span.DisplayName));
}
