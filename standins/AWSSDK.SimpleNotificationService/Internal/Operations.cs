using Amazon.SimpleNotificationService.Model;
using Amazon.Standins.Query;

namespace Amazon.SimpleNotificationService.Internal;

/// <summary>The members of each request and answer, as the service names them.</summary>
internal static class Operations
{
    private static readonly QueryService Service = new("Amazon.SimpleNotificationService", "2010-03-31",
        new Dictionary<string, QueryErrorConstructor>(StringComparer.Ordinal)
        {
            ["AuthorizationError"] = (m, e, t, c, r, s) => new AuthorizationErrorException(m, e, t, c, r, s),
            ["BatchEntryIdsNotDistinct"] = (m, e, t, c, r, s) => new BatchEntryIdsNotDistinctException(m, e, t, c, r, s),
            ["BatchRequestTooLong"] = (m, e, t, c, r, s) => new BatchRequestTooLongException(m, e, t, c, r, s),
            ["EmptyBatchRequest"] = (m, e, t, c, r, s) => new EmptyBatchRequestException(m, e, t, c, r, s),
            ["InvalidBatchEntryId"] = (m, e, t, c, r, s) => new InvalidBatchEntryIdException(m, e, t, c, r, s),
            ["InvalidParameter"] = (m, e, t, c, r, s) => new InvalidParameterException(m, e, t, c, r, s),
            ["NotFound"] = (m, e, t, c, r, s) => new NotFoundException(m, e, t, c, r, s),
            ["ParameterValueInvalid"] = (m, e, t, c, r, s) => new InvalidParameterValueException(m, e, t, c, r, s),
            ["ResourceNotFound"] = (m, e, t, c, r, s) => new ResourceNotFoundException(m, e, t, c, r, s),
            ["Throttled"] = (m, e, t, c, r, s) => new ThrottledException(m, e, t, c, r, s),
            ["TooManyEntriesInBatchRequest"] = (m, e, t, c, r, s) => new TooManyEntriesInBatchRequestException(m, e, t, c, r, s),
            ["TopicLimitExceeded"] = (m, e, t, c, r, s) => new TopicLimitExceededException(m, e, t, c, r, s),
        },
        (m, e, t, c, r, s) => new AmazonSimpleNotificationServiceException(m, e, t, c, r, s));

    public static readonly QueryOperation<CreateTopicRequest, CreateTopicResponse> CreateTopic =
        Service.Operation<CreateTopicRequest, CreateTopicResponse>("CreateTopic",
            (writer, request) =>
            {
                writer.WriteMap("Attributes", request.Attributes);
                writer.Write("Name", request.Name);
                writer.WriteList("Tags", request.Tags, WriteTag);
            },
            (result, response) => response.TopicArn = result.Text("TopicArn"));

    public static readonly QueryOperation<GetTopicAttributesRequest, GetTopicAttributesResponse> GetTopicAttributes =
        Service.Operation<GetTopicAttributesRequest, GetTopicAttributesResponse>("GetTopicAttributes",
            (writer, request) => writer.Write("TopicArn", request.TopicArn),
            (result, response) => response.Attributes = result.Map("Attributes"));

    public static readonly QueryOperation<ListSubscriptionsByTopicRequest, ListSubscriptionsByTopicResponse> ListSubscriptionsByTopic =
        Service.Operation<ListSubscriptionsByTopicRequest, ListSubscriptionsByTopicResponse>("ListSubscriptionsByTopic",
            (writer, request) =>
            {
                writer.Write("NextToken", request.NextToken);
                writer.Write("TopicArn", request.TopicArn);
            },
            (result, response) =>
            {
                response.NextToken = result.Text("NextToken");
                response.Subscriptions = result.List("Subscriptions", subscription => new Subscription
                {
                    Endpoint = subscription.Text("Endpoint"),
                    Owner = subscription.Text("Owner"),
                    Protocol = subscription.Text("Protocol"),
                    SubscriptionArn = subscription.Text("SubscriptionArn"),
                    TopicArn = subscription.Text("TopicArn"),
                });
            });

    public static readonly QueryOperation<PublishRequest, PublishResponse> Publish =
        Service.Operation<PublishRequest, PublishResponse>("Publish",
            (writer, request) =>
            {
                writer.Write("Message", request.Message);
                writer.WriteMap("MessageAttributes", request.MessageAttributes, ("Name", "Value"), WriteAttribute);
                writer.Write("MessageDeduplicationId", request.MessageDeduplicationId);
                writer.Write("MessageGroupId", request.MessageGroupId);
                writer.Write("MessageStructure", request.MessageStructure);
                writer.Write("Subject", request.Subject);
                writer.Write("TargetArn", request.TargetArn);
                writer.Write("TopicArn", request.TopicArn);
            },
            (result, response) => (response.MessageId, response.SequenceNumber) = (result.Text("MessageId"), result.Text("SequenceNumber")));

    public static readonly QueryOperation<PublishBatchRequest, PublishBatchResponse> PublishBatch =
        Service.Operation<PublishBatchRequest, PublishBatchResponse>("PublishBatch",
            (writer, request) =>
            {
                writer.WriteList("PublishBatchRequestEntries", request.PublishBatchRequestEntries, WriteEntry);
                writer.Write("TopicArn", request.TopicArn);
            },
            (result, response) =>
            {
                response.Failed = result.List("Failed", entry => new BatchResultErrorEntry
                {
                    Code = entry.Text("Code"),
                    Id = entry.Text("Id"),
                    Message = entry.Text("Message"),
                    SenderFault = entry.Flag("SenderFault"),
                });
                response.Successful = result.List("Successful", entry => new PublishBatchResultEntry
                {
                    Id = entry.Text("Id"),
                    MessageId = entry.Text("MessageId"),
                    SequenceNumber = entry.Text("SequenceNumber"),
                });
            });

    public static readonly QueryOperation<SetTopicAttributesRequest, SetTopicAttributesResponse> SetTopicAttributes =
        Service.Operation<SetTopicAttributesRequest, SetTopicAttributesResponse>("SetTopicAttributes",
            (writer, request) =>
            {
                writer.Write("AttributeName", request.AttributeName);
                writer.Write("AttributeValue", request.AttributeValue);
                writer.Write("TopicArn", request.TopicArn);
            });

    public static readonly QueryOperation<SubscribeRequest, SubscribeResponse> Subscribe =
        Service.Operation<SubscribeRequest, SubscribeResponse>("Subscribe",
            (writer, request) =>
            {
                writer.WriteMap("Attributes", request.Attributes);
                writer.Write("Endpoint", request.Endpoint);
                writer.Write("Protocol", request.Protocol);
                writer.Write("ReturnSubscriptionArn", request.ReturnSubscriptionArn);
                writer.Write("TopicArn", request.TopicArn);
            },
            (result, response) => response.SubscriptionArn = result.Text("SubscriptionArn"));

    public static readonly QueryOperation<TagResourceRequest, TagResourceResponse> TagResource =
        Service.Operation<TagResourceRequest, TagResourceResponse>("TagResource",
            (writer, request) =>
            {
                writer.Write("ResourceArn", request.ResourceArn);
                writer.WriteList("Tags", request.Tags, WriteTag);
            });

    private static void WriteEntry(QueryWriter writer, PublishBatchRequestEntry entry)
    {
        writer.Write(".Id", entry.Id);
        writer.Write(".Message", entry.Message);
        writer.WriteMap(".MessageAttributes", entry.MessageAttributes, ("Name", "Value"), WriteAttribute);
        writer.Write(".MessageDeduplicationId", entry.MessageDeduplicationId);
        writer.Write(".MessageGroupId", entry.MessageGroupId);
        writer.Write(".MessageStructure", entry.MessageStructure);
        writer.Write(".Subject", entry.Subject);
    }

    private static void WriteAttribute(QueryWriter writer, MessageAttributeValue value)
    {
        writer.Write(".BinaryValue", value.BinaryValue);
        writer.Write(".DataType", value.DataType);
        writer.Write(".StringValue", value.StringValue);
    }

    private static void WriteTag(QueryWriter writer, Tag tag)
    {
        writer.Write(".Key", tag.Key);
        writer.Write(".Value", tag.Value);
    }
}
