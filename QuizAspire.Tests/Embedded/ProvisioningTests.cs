using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using Amazon.SQS.Model;
using QuizAspire.AppHost;
using QuizAspire.AppHost.Embedded;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.Tests.Infrastructure;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Embedded;

public sealed class ProvisioningTests(EmbeddedAws aws, QuizStackTests.Synthesized synthesized) : IClassFixture<EmbeddedAws>, IClassFixture<QuizStackTests.Synthesized>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly StackProvisioner Provisioner = new(TimeProvider.System);

    [Fact]
    public async Task Real_stack_is_made_once_and_left_alone_afterwards()
    {
        var plan = StackPlanner.Plan(File.ReadAllText(synthesized.Path), "quiz-aspire", aws.Addresses);
        using var clients = new EmulatorClients(aws.Addresses);

        var first = await Provisioner.ProvisionAsync(plan, Limit, CancellationToken.None);
        var second = await Provisioner.ProvisionAsync(plan, Limit, CancellationToken.None);

        // Six queues, five tables, two buckets and two topics.
        Assert.Equal(15, first.Resources.Count(resource => resource.Outcome == ProvisionOutcome.Created));
        Assert.Equal(15, second.Resources.Count(resource => resource.Outcome == ProvisionOutcome.Unchanged));
        Assert.All(first.Resources, resource => Assert.True(resource.Outcome == ProvisionOutcome.Created || resource.Notes.Count > 0, resource.Resource.LogicalId));
        Assert.DoesNotContain(first.Lines(), line => line.Warning);
        Assert.Contains(first.Lines(), line => line.Text.Contains("quiz-results", StringComparison.Ordinal) && line.Text.Contains("point-in-time recovery", StringComparison.Ordinal));
        Assert.Contains(first.Lines(), line => line.Text.Contains("expires_at", StringComparison.Ordinal));

        var queue = (await clients.Sqs.GetQueueAttributesAsync(plan.Outputs["SqsQueueUrl"], ["All"])).Attributes;
        Assert.Equal("70", queue["VisibilityTimeout"]);
        Assert.Equal("true", queue["ContentBasedDeduplication"]);
        Assert.Equal("messageGroup", queue["DeduplicationScope"]);
        Assert.Equal("perMessageGroupId", queue["FifoThroughputLimit"]);
        Assert.Equal(plan.Outputs["SqsQueueArn"], queue["QueueArn"]);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"deadLetterTargetArn":"arn:aws:sqs:us-west-1:000000000000:quiz-submissions-dlq.fifo","maxReceiveCount":3}"""),
            JsonNode.Parse(queue["RedrivePolicy"])));

        Assert.Equal(
            new[] { plan.Outputs["RawScoresBucketName"], plan.Outputs["StatisticsBucketName"] }.Order(),
            (await clients.S3.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName).Where(name => name.StartsWith("quiz-", StringComparison.Ordinal)).Order());
        Assert.Equal(plan.Outputs["SnsTopicArn"], (await clients.Sns.GetTopicAttributesAsync(plan.Outputs["SnsTopicArn"])).Attributes["TopicArn"]);

        var table = (await clients.DynamoDb.DescribeTableAsync(plan.Outputs["SubmissionsTableName"])).Table;
        Assert.Equal(["student_id", "idempotency_key"], table.KeySchema.Select(key => key.AttributeName));
        Assert.Equal("submission_id-index", Assert.Single(table.LocalSecondaryIndexes).IndexName);
        var jobs = (await clients.DynamoDb.DescribeTableAsync(plan.Outputs["StatisticsJobsTableName"])).Table;
        Assert.Equal("submitted-index", Assert.Single(jobs.GlobalSecondaryIndexes).IndexName);
    }

    [Fact]
    public async Task Planned_queue_url_is_the_one_that_the_emulator_gives_and_takes()
    {
        var plan = Plan("""{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"url-test.fifo","FifoQueue":true,"ContentBasedDeduplication":true}}}""");
        using var clients = new EmulatorClients(aws.Addresses);

        await Provisioner.ProvisionAsync(plan, Limit, CancellationToken.None);

        var url = Assert.Single(plan.Resources).Identity.PhysicalId;
        Assert.Equal(url, (await clients.Sqs.GetQueueUrlAsync("url-test.fifo")).QueueUrl);
        await clients.Sqs.SendMessageAsync(new SendMessageRequest(url, "body") { MessageGroupId = "student" });
        Assert.Equal("body", Assert.Single((await clients.Sqs.ReceiveMessageAsync(url)).Messages).Body);
    }

    [Fact]
    public async Task Changed_attribute_of_a_queue_is_brought_up_to_date()
    {
        using var clients = new EmulatorClients(aws.Addresses);
        await Provisioner.ProvisionAsync(Plan(Queue(30)), Limit, CancellationToken.None);

        var report = await Provisioner.ProvisionAsync(Plan(Queue(45)), Limit, CancellationToken.None);

        var provisioned = Assert.Single(report.Resources);
        Assert.Equal(ProvisionOutcome.Updated, provisioned.Outcome);
        Assert.Equal("45", (await clients.Sqs.GetQueueAttributesAsync(provisioned.Resource.Identity.PhysicalId, ["VisibilityTimeout"])).Attributes["VisibilityTimeout"]);

        static string Queue(int visibilityTimeout) =>
            """{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"changing","VisibilityTimeout":SECONDS}}}"""
                .Replace("SECONDS", $"{visibilityTimeout}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bucket_and_topic_are_made_usable_and_what_the_emulator_lacks_is_said()
    {
        var plan = Plan("""
            {"B":{"Type":"AWS::S3::Bucket","Properties":{"LifecycleConfiguration":{},"BucketEncryption":{},
               "PublicAccessBlockConfiguration":{},"OwnershipControls":{}}},
             "T":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":"told","DisplayName":"Told","KmsMasterKeyId":"k"}},
             "M":{"Type":"AWS::SNS::Subscription","Properties":{"TopicArn":{"Ref":"T"},"Protocol":"email","Endpoint":"a@example.com"}}}
            """);
        using var clients = new EmulatorClients(aws.Addresses);

        var report = await Provisioner.ProvisionAsync(plan, Limit, CancellationToken.None);

        Assert.Equal(
            [
                "AWS::S3::Bucket stack-b: created (its lifecycle is not emulated: nothing expires; encryption is not emulated; access is not checked)",
                "AWS::SNS::Topic told: created (encryption is not emulated)",
                "AWS::SNS::Subscription stack-M: created (the queue quiz-inbox-told takes its messages for AppHost's inbox, and no mail is sent)",
            ],
            report.Lines().Select(line => line.Text));
        await clients.S3.PutObjectAsync(new PutObjectRequest { BucketName = "stack-b", Key = "key", ContentBody = "content" });
        Assert.Equal("key", Assert.Single((await clients.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "stack-b" })).S3Objects).Key);
        Assert.NotNull((await clients.Sns.PublishAsync("arn:aws:sns:us-west-1:000000000000:told", "body")).MessageId);
    }

    [Fact]
    public async Task Changed_attribute_of_a_topic_is_brought_up_to_date()
    {
        using var clients = new EmulatorClients(aws.Addresses);
        await Provisioner.ProvisionAsync(Plan(Topic("Before")), Limit, CancellationToken.None);

        var report = await Provisioner.ProvisionAsync(Plan(Topic("After")), Limit, CancellationToken.None);

        var provisioned = Assert.Single(report.Resources);
        Assert.Equal(ProvisionOutcome.Updated, provisioned.Outcome);
        Assert.Equal("After", (await clients.Sns.GetTopicAttributesAsync(provisioned.Resource.Identity.PhysicalId)).Attributes["DisplayName"]);

        static string Topic(string name) => $$$$"""{"T":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":"changing","DisplayName":"{{{{name}}}}"}}}""";
    }

    [Fact]
    public void Types_that_no_emulator_holds_have_a_reason_and_the_attributes_that_templates_ask_for()
    {
        var plan = StackPlanner.Plan("""
            {"Resources":{
              "Key":{"Type":"AWS::KMS::Key"},
              "Alarm":{"Type":"AWS::CloudWatch::Alarm","Properties":{"AlarmName":"high","KMS":{"Fn::GetAtt":["Key","KeyId"]}}},
              "Schedule":{"Type":"AWS::Scheduler::Schedule","Properties":{"Name":"often"}},
              "Api":{"Type":"AWS::ApiGatewayV2::Api","Properties":{"Name":"api"}}},
             "Outputs":{
              "Key":{"Value":{"Fn::GetAtt":["Key","Arn"]}},"Alarm":{"Value":{"Ref":"Alarm"}},"AlarmArn":{"Value":{"Fn::GetAtt":["Alarm","Arn"]}},
              "Schedule":{"Value":{"Fn::GetAtt":["Schedule","Arn"]}},"Api":{"Value":{"Ref":"Api"}}}}
            """, "stack", aws.Addresses);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Key"] = "arn:aws:kms:us-west-1:000000000000:key/stack-Key",
                ["Alarm"] = "high",
                ["AlarmArn"] = "arn:aws:cloudwatch:us-west-1:000000000000:alarm:high",
                ["Schedule"] = "arn:aws:scheduler:us-west-1:000000000000:schedule/default/often",
                ["Api"] = "not-emulated",
            },
            plan.Outputs);
        Assert.All(plan.Resources, resource => Assert.IsNotType<QuizAspire.AppHost.Embedded.Provisioning.Types.UnknownType>(resource.Type));
    }

    [Fact]
    public async Task Kept_table_of_another_shape_is_an_error_that_names_both_shapes()
    {
        await Provisioner.ProvisionAsync(Plan(Table("a")), Limit, CancellationToken.None);

        var error = await Assert.ThrowsAsync<KeptDataException>(() => Provisioner.ProvisionAsync(Plan(Table("b")), Limit, CancellationToken.None));

        Assert.Contains("keyed by a (S)", error.Message, StringComparison.Ordinal);
        Assert.Contains("keyed by b (S)", error.Message, StringComparison.Ordinal);

        static string Table(string key) => """
            {"T":{"Type":"AWS::DynamoDB::Table","Properties":{"TableName":"shaped","BillingMode":"PAY_PER_REQUEST",
              "KeySchema":[{"AttributeName":"KEY","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"KEY","AttributeType":"S"}]}}}
            """.Replace("KEY", key, StringComparison.Ordinal);
    }

    /// <summary>Kept data may be of a version before the index; its items are in the index afterwards, and those that come later too.</summary>
    [Fact]
    public async Task Kept_table_gets_an_index_that_the_template_has_since_with_the_items_that_it_holds()
    {
        using var clients = new EmulatorClients(aws.Addresses);
        await Provisioner.ProvisionAsync(Plan(Table("", "")), Limit, CancellationToken.None);
        await PutAsync("before");
        await clients.DynamoDb.PutItemAsync("growing", new() { ["id"] = new("of no group") });
        var indexed = Plan(Table(
            ""","GlobalSecondaryIndexes":[{"IndexName":"by-group","KeySchema":[{"AttributeName":"group","KeyType":"HASH"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}]""",
            """,{"AttributeName":"group","AttributeType":"S"}"""));

        var updated = Assert.Single((await Provisioner.ProvisionAsync(indexed, Limit, CancellationToken.None)).Resources);
        await PutAsync("after");
        var again = Assert.Single((await Provisioner.ProvisionAsync(indexed, Limit, CancellationToken.None)).Resources);

        Assert.Equal((ProvisionOutcome.Updated, ProvisionOutcome.Unchanged), (updated.Outcome, again.Outcome));
        var found = await clients.DynamoDb.QueryAsync(new QueryRequest("growing")
        {
            IndexName = "by-group",
            KeyConditionExpression = "#group = :group",
            ExpressionAttributeNames = new() { ["#group"] = "group" },
            ExpressionAttributeValues = new() { [":group"] = new("g") },
        });
        Assert.Equal(["after", "before"], found.Items.Select(item => item["id"].S).Order());

        Task PutAsync(string id) => clients.DynamoDb.PutItemAsync("growing", new() { ["id"] = new(id), ["group"] = new("g") });

        static string Table(string indexes, string attribute) => """
            {"T":{"Type":"AWS::DynamoDB::Table","Properties":{"TableName":"growing","BillingMode":"PAY_PER_REQUEST",
              "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}ATTRIBUTE]INDEXES}}}
            """.Replace("INDEXES", indexes, StringComparison.Ordinal).Replace("ATTRIBUTE", attribute, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_type_is_a_warning_by_name_and_the_rest_is_provisioned()
    {
        var plan = Plan("""{"X":{"Type":"AWS::Space::Elevator"},"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Ref":"X"}}}}""");

        var report = await Provisioner.ProvisionAsync(plan, Limit, CancellationToken.None);

        Assert.Contains("AWS::Space::Elevator", Assert.Single(report.Lines(), line => line.Warning).Text, StringComparison.Ordinal);
        Assert.Contains(report.Resources, resource => resource.Outcome == ProvisionOutcome.Created && resource.Resource.Identity.Name == "stack-X");
    }

    [Fact]
    public async Task Refusal_is_an_error_that_names_the_resource()
    {
        var plan = Plan("""{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"refused","VisibilityTimeout":999999}}}""");

        var error = await Assert.ThrowsAsync<EmbeddedAwsException>(() => Provisioner.ProvisionAsync(plan, Limit, CancellationToken.None));

        Assert.Contains("AWS::SQS::Queue refused", error.Message, StringComparison.Ordinal);
        Assert.Contains("VisibilityTimeout", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emulator_that_comes_up_late_is_waited_for()
    {
        var port = LocalPorts.Free();
        var plan = StackPlanner.Plan("""{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}""", "late", aws.Addresses with { SqsSnsS3Port = port });

        var provisioning = Provisioner.ProvisionAsync(plan, Limit, CancellationToken.None);
        await using var emulator = await Emulator.StartAsync("fauxqs", port: port);

        Assert.Equal(ProvisionOutcome.Created, Assert.Single((await provisioning).Resources).Outcome);
    }

    [Fact]
    public async Task Emulator_that_never_comes_up_is_an_error_after_the_limit()
    {
        var plan = StackPlanner.Plan("""{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}""", "never", aws.Addresses with { SqsSnsS3Port = LocalPorts.Free() });

        var error = await Assert.ThrowsAsync<EmbeddedAwsException>(() => Provisioner.ProvisionAsync(plan, TimeSpan.FromSeconds(1), CancellationToken.None));

        Assert.Contains("sqs-sns-s3 (http://127.0.0.1:", error.Message, StringComparison.Ordinal);
        Assert.Contains("not reachable within 1 s, so AWS::SQS::Queue never-Q", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_is_no_error_of_the_stack()
    {
        var plan = StackPlanner.Plan("""{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}""", "never", aws.Addresses with { SqsSnsS3Port = LocalPorts.Free() });
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Provisioner.ProvisionAsync(plan, Limit, cancellation.Token));
    }

    private StackPlan Plan(string resources) => StackPlanner.Plan($$"""{"Resources":{{resources}}}""", "stack", aws.Addresses);
}
