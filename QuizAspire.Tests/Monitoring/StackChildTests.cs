using Amazon.SQS.Model;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Hosting;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Resources;
using QuizAspire.Tests.Support;
using Emulators = QuizAspire.Tests.Support.EmbeddedAws;

namespace QuizAspire.Tests.Monitoring;

/// <summary>Queues, tables and topics of a small stack, read from the emulators.</summary>
public sealed class StackChildTests(Emulators emulators) : IClassFixture<Emulators>, IAsyncLifetime, IDisposable
{
    private const string Template = """
        {
          "Resources": {
            "Dead": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "work-dlq.fifo", "FifoQueue": true } },
            "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "work.fifo", "FifoQueue": true,
              "RedrivePolicy": { "deadLetterTargetArn": { "Fn::GetAtt": ["Dead", "Arn"] }, "maxReceiveCount": 3 } } },
            "Table": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "things", "BillingMode": "PAY_PER_REQUEST",
              "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }], "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }] } },
            "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "news" } }
          }
        }
        """;

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private IDistributedApplicationBuilder _builder = null!;
    private IAwsBackend _aws = null!;

    public async Task InitializeAsync()
    {
        var plan = StackPlanner.Plan(Template, "stack", emulators.Addresses);
        await new StackProvisioner(TimeProvider.System).ProvisionAsync(plan, TimeSpan.FromSeconds(30), _deadline.Token);
        _builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        _aws = _builder.AddEmbeddedAws(plan, Repository.Tools, dataDirectory: null, cloudWatch: "http://127.0.0.1:1");
        _builder.AddStackChildren(_aws);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public void Each_is_a_child_of_the_stack_and_a_queue_names_where_its_dead_letters_go()
    {
        var children = _builder.Resources.OfType<StackChild>().ToArray();

        Assert.Equal(["news", "things", "work-dlq-fifo", "work-fifo"], children.Select(child => child.Name).Order());
        Assert.All(children, child => Assert.Contains(child.Annotations.OfType<ResourceRelationshipAnnotation>(), relationship =>
            relationship.Type == "Parent" && relationship.Resource == _aws.Stack));
        var state = Assert.Single(Child("work-fifo").Annotations.OfType<ResourceSnapshotAnnotation>()).InitialSnapshot;
        Assert.Contains(state.Properties, property => property is { Name: "Dead letters go to", Value: "work-dlq.fifo after 3 receives" });
    }

    [Fact]
    public async Task Queue_counts_what_waits_and_what_is_in_flight()
    {
        var queue = _aws.Plan.Queues.Single(queue => queue.Name == "work.fifo").Url;
        foreach (var group in new[] { "a", "b" })
            await _aws.Clients.Sqs.SendMessageAsync(
                new SendMessageRequest(queue, "{}") { MessageGroupId = group, MessageDeduplicationId = Guid.NewGuid().ToString() }, _deadline.Token);
        await _aws.Clients.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, MaxNumberOfMessages = 1 }, _deadline.Token);

        var reading = await Child("work-fifo").Reader.ReadAsync(_deadline.Token);

        Assert.Equal("1 visible, 1 in flight", reading.Summary);
        Assert.Equal(
            [(QueueReader.Visible, 1), (QueueReader.InFlight, 1), (QueueReader.Delayed, 0)],
            reading.Properties.Select(property => (property.Name, (int)property.Value)));
    }

    [Fact]
    public async Task Large_table_is_counted_the_more_rarely()
    {
        var time = new SlowTime();
        var reader = new TableReader(_aws, "things", countsItems: true, time);
        Assert.Equal("0 items", (await reader.ReadAsync(_deadline.Token)).Summary);
        await _aws.Clients.DynamoDb.PutItemAsync("things", new() { ["id"] = new("one") }, _deadline.Token);

        time.Advance(TimeSpan.FromSeconds(49));
        Assert.Equal("0 items", (await reader.ReadAsync(_deadline.Token)).Summary);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("1 item", (await reader.ReadAsync(_deadline.Token)).Summary);
    }

    [Fact]
    public async Task Table_that_takes_too_long_to_count_is_not_counted_to_its_end_and_not_begun_again_at_once()
    {
        var items = Enumerable.Range(0, 12).Select(n => $"large {n}").ToArray();
        var filling = new string('x', 390_000);
        foreach (var id in items)
            await _aws.Clients.DynamoDb.PutItemAsync("things", new() { ["id"] = new(id), ["filling"] = new(filling) }, _deadline.Token);
        var reader = new TableReader(_aws, "things", countsItems: true, new SlowTime());

        // A page is of 1 MB and takes a second here.
        var reading = await reader.ReadAsync(_deadline.Token);
        foreach (var id in items)
            await _aws.Clients.DynamoDb.DeleteItemAsync("things", new() { ["id"] = new(id) }, _deadline.Token);

        Assert.Matches("^at least [4-9] items$", reading.Summary);
        Assert.Same(reading, await reader.ReadAsync(_deadline.Token));
    }

    [Fact]
    public async Task Topic_counts_its_subscriptions() =>
        Assert.Equal("no subscription", (await Child("news").Reader.ReadAsync(_deadline.Token)).Summary);

    private StackChild Child(string name) => _builder.Resources.OfType<StackChild>().Single(child => child.Name == name);

    /// <summary>On which whatever is measured takes a second.</summary>
    private sealed class SlowTime : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
        private long _timestamp;

        public void Advance(TimeSpan by) => _now += by;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _timestamp++;
    }
}
