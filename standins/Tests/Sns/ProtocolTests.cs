using System.Net;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace Standins.Tests.Sns;

/// <summary>What goes over the wire. The expected forms are what another SDK (boto3 1.43) was seen to send for the same calls.</summary>
public sealed class ProtocolTests
{
    private const string Topic = "arn:aws:sns:us-west-1:123456789012:quiz-alerts";

    public static TheoryData<string, string> Forms => new()
    {
        { "CreateTopic", "Name=quiz.fifo&Attributes.entry.1.key=FifoTopic&Attributes.entry.1.value=true&Attributes.entry.2.key=KmsMasterKeyId&Attributes.entry.2.value=k&Tags.member.1.Key=a&Tags.member.1.Value=b" },
        { "Publish", "TopicArn=arn&Message=m+%C3%A9&Subject=s&MessageAttributes.entry.1.Name=raw&MessageAttributes.entry.1.Value.DataType=Binary&MessageAttributes.entry.1.Value.BinaryValue=AP8K&MessageAttributes.entry.2.Name=n&MessageAttributes.entry.2.Value.DataType=Number&MessageAttributes.entry.2.Value.StringValue=1&MessageGroupId=g&MessageDeduplicationId=d" },
        { "PublishBatch", "TopicArn=arn&PublishBatchRequestEntries.member.1.Id=a&PublishBatchRequestEntries.member.1.Message=m&PublishBatchRequestEntries.member.1.Subject=s&PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Name=n&PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.DataType=Number&PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.StringValue=1&PublishBatchRequestEntries.member.2.Id=b&PublishBatchRequestEntries.member.2.Message=n&PublishBatchRequestEntries.member.2.MessageGroupId=g&PublishBatchRequestEntries.member.2.MessageDeduplicationId=d" },
        { "Subscribe", "TopicArn=arn&Protocol=email&Endpoint=a%40b.c&Attributes.entry.1.key=RawMessageDelivery&Attributes.entry.1.value=true&ReturnSubscriptionArn=true" },
        { "SetTopicAttributes", "TopicArn=arn&AttributeName=DisplayName&AttributeValue=" },
        { "TagResource", "ResourceArn=arn&Tags.member.1.Key=a&Tags.member.1.Value=b" },
        { "ListSubscriptionsByTopic", "TopicArn=arn&NextToken=n" },
        { "GetTopicAttributes", "TopicArn=arn" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_request_has_the_members_that_other_sdks_send(string operation, string expected)
    {
        await using var server = await AnsweringAsync(operation, "");
        using var sns = SnsClients.For(server.Url);

        await (operation switch
        {
            "CreateTopic" => (Task)sns.CreateTopicAsync(new CreateTopicRequest("quiz.fifo")
            {
                Attributes = new() { ["FifoTopic"] = "true", ["KmsMasterKeyId"] = "k" },
                Tags = [new Tag { Key = "a", Value = "b" }],
            }),
            "Publish" => sns.PublishAsync(new PublishRequest("arn", "m é", "s")
            {
                MessageAttributes = new()
                {
                    ["raw"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([0, 255, 10]) },
                    ["n"] = new() { DataType = "Number", StringValue = "1" },
                },
                MessageGroupId = "g",
                MessageDeduplicationId = "d",
            }),
            "PublishBatch" => sns.PublishBatchAsync(new PublishBatchRequest
            {
                TopicArn = "arn",
                PublishBatchRequestEntries =
                [
                    new() { Id = "a", Message = "m", Subject = "s", MessageAttributes = new() { ["n"] = new() { DataType = "Number", StringValue = "1" } } },
                    new() { Id = "b", Message = "n", MessageGroupId = "g", MessageDeduplicationId = "d" },
                ],
            }),
            "Subscribe" => sns.SubscribeAsync(new SubscribeRequest("arn", "email", "a@b.c")
            {
                Attributes = new() { ["RawMessageDelivery"] = "true" },
                ReturnSubscriptionArn = true,
            }),
            "SetTopicAttributes" => sns.SetTopicAttributesAsync("arn", "DisplayName", ""),
            "TagResource" => sns.TagResourceAsync(new TagResourceRequest { ResourceArn = "arn", Tags = [new Tag { Key = "a", Value = "b" }] }),
            "ListSubscriptionsByTopic" => sns.ListSubscriptionsByTopicAsync(new ListSubscriptionsByTopicRequest("arn", "n")),
            _ => sns.GetTopicAttributesAsync("arn"),
        });

        var (headers, body) = Assert.Single(server.Requests);
        Assert.Equal(QueryForm.Of($"Action={operation}&Version=2010-03-31&{expected}"), QueryForm.Of(body));
        Assert.Matches(@"^AWS4-HMAC-SHA256 Credential=access/\d{8}/us-west-1/sns/aws4_request, ", headers.Authorization.ToString());
    }

    [Fact]
    public async Task Attributes_and_subscriptions_are_read()
    {
        await using var attributes = await AnsweringAsync("GetTopicAttributes",
            "<Attributes><entry><key>TopicArn</key><value>arn</value></entry><entry><key>Policy</key><value>{&quot;a&quot;:1}</value></entry></Attributes>");
        await using var subscriptions = await AnsweringAsync("ListSubscriptionsByTopic",
            "<Subscriptions><member><Owner>1</Owner><Endpoint>a@b.c</Endpoint><Protocol>email</Protocol>"
            + "<SubscriptionArn>PendingConfirmation</SubscriptionArn><TopicArn>arn</TopicArn></member></Subscriptions>");
        using var one = SnsClients.For(attributes.Url);
        using var two = SnsClients.For(subscriptions.Url);

        Assert.Equal(
            new Dictionary<string, string> { ["TopicArn"] = "arn", ["Policy"] = """{"a":1}""" }, (await one.GetTopicAttributesAsync(Topic)).Attributes);
        var subscription = Assert.Single((await two.ListSubscriptionsByTopicAsync(Topic)).Subscriptions);
        Assert.Equal(("email", "a@b.c", "PendingConfirmation", "arn", "1"),
            (subscription.Protocol, subscription.Endpoint, subscription.SubscriptionArn, subscription.TopicArn, subscription.Owner));
    }

    [Fact]
    public async Task An_answer_to_a_batch_names_what_was_taken_and_what_was_not()
    {
        await using var server = await AnsweringAsync("PublishBatch",
            "<Successful><member><Id>a</Id><MessageId>m</MessageId><SequenceNumber>7</SequenceNumber></member></Successful>"
            + "<Failed><member><Id>b</Id><Code>InternalError</Code><Message>what is wrong</Message><SenderFault>false</SenderFault></member></Failed>");
        using var sns = SnsClients.For(server.Url);

        var answer = await sns.PublishBatchAsync(new PublishBatchRequest { TopicArn = Topic });

        var taken = Assert.Single(answer.Successful);
        Assert.Equal(("a", "m", "7"), (taken.Id, taken.MessageId, taken.SequenceNumber));
        var failed = Assert.Single(answer.Failed);
        Assert.Equal(("b", "InternalError", "what is wrong", (bool?)false), (failed.Id, failed.Code, failed.Message, failed.SenderFault));
    }

    [Theory]
    [InlineData("BatchEntryIdsNotDistinct", typeof(BatchEntryIdsNotDistinctException))]
    [InlineData("BatchRequestTooLong", typeof(BatchRequestTooLongException))]
    [InlineData("EmptyBatchRequest", typeof(EmptyBatchRequestException))]
    [InlineData("InvalidBatchEntryId", typeof(InvalidBatchEntryIdException))]
    [InlineData("TooManyEntriesInBatchRequest", typeof(TooManyEntriesInBatchRequestException))]
    [InlineData("AuthorizationError", typeof(AuthorizationErrorException))]
    [InlineData("InvalidParameter", typeof(InvalidParameterException))]
    [InlineData("NotFound", typeof(NotFoundException))]
    [InlineData("ParameterValueInvalid", typeof(InvalidParameterValueException))]
    [InlineData("ResourceNotFound", typeof(ResourceNotFoundException))]
    [InlineData("Throttled", typeof(ThrottledException))]
    [InlineData("TopicLimitExceeded", typeof(TopicLimitExceededException))]
    [InlineData("SomethingNew", typeof(AmazonSimpleNotificationServiceException))]
    public async Task An_error_is_thrown_as_the_exception_of_its_code(string code, Type expected)
    {
        await using var server = await StubServer.StartAsync((context, _) => StubServer.WriteXmlAsync(context, 400,
            $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>what is wrong</Message></Error><RequestId>r</RequestId></ErrorResponse>"));
        using var sns = SnsClients.For(server.Url);

        var error = await Assert.ThrowsAnyAsync<AmazonSimpleNotificationServiceException>(() => sns.PublishAsync(Topic, "m"));

        Assert.Equal(expected, error.GetType());
        Assert.Equal((code, "what is wrong", ErrorType.Sender, "r", HttpStatusCode.BadRequest),
            (error.ErrorCode, error.Message, error.ErrorType, error.RequestId, error.StatusCode));
    }

    private static Task<StubServer> AnsweringAsync(string operation, string result) => StubServer.StartAsync((context, _) =>
        StubServer.WriteXmlAsync(context, 200,
            $"<{operation}Response xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><{operation}Result>{result}</{operation}Result>"
            + $"<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{operation}Response>"));
}
