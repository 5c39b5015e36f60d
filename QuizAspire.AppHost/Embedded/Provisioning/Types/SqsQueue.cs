using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

internal sealed class SqsQueue() : ResourceType("AWS::SQS::Queue")
{
    // A property is named as the attribute that it sets.
    private static readonly string[] AttributeProperties =
    [
        "ContentBasedDeduplication", "DeduplicationScope", "DelaySeconds", "FifoQueue", "FifoThroughputLimit", "KmsDataKeyReusePeriodSeconds",
        "KmsMasterKeyId", "MaximumMessageSize", "MessageRetentionPeriod", "ReceiveMessageWaitTimeSeconds", "RedriveAllowPolicy", "RedrivePolicy",
        "SqsManagedSseEnabled", "VisibilityTimeout",
    ];

    public override ResourceIdentity Identify(ResourceRequest request)
    {
        var fifo = request.Properties["FifoQueue"] is { } value && Text(value) == "true";
        var name = request.NameOr("QueueName", fifo ? ".fifo" : "");
        var url = request.Addresses.QueueUrl(name);
        return new(url, name, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Arn"] = EmulatorAddresses.Arn("sqs", name),
            ["QueueName"] = name,
            ["QueueUrl"] = url,
        });
    }

    public override async Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation)
    {
        var attributes = AttributeProperties.Where(resource.Properties.ContainsKey)
            .ToDictionary(name => name, name => Text(resource.Properties[name]!), StringComparer.Ordinal);
        var tags = Tags(resource.Properties);
        string[] notes =
        [
            .. resource.Properties.Select(property => property.Key)
                .Where(name => name is "KmsMasterKeyId" || !AttributeProperties.Contains(name) && name is not ("QueueName" or "Tags"))
                .Select(name => $"{name} is not emulated"),
        ];
        ProvisionOutcome outcome;
        try
        {
            var url = (await clients.Sqs.GetQueueUrlAsync(resource.Identity.Name, cancellation)).QueueUrl;
            outcome = await UpdateAsync(clients.Sqs, url, resource.Identity.Name, attributes, tags, cancellation);
        }
        catch (QueueDoesNotExistException)
        {
            await clients.Sqs.CreateQueueAsync(new CreateQueueRequest(resource.Identity.Name) { Attributes = attributes, Tags = tags }, cancellation);
            outcome = ProvisionOutcome.Created;
        }

        return new(resource, outcome, notes);
    }

    private static async Task<ProvisionOutcome> UpdateAsync(
        IAmazonSQS sqs, string url, string name, Dictionary<string, string> wanted, Dictionary<string, string> tags, CancellationToken cancellation)
    {
        var present = (await sqs.GetQueueAttributesAsync(url, ["All"], cancellation)).Attributes;
        var different = wanted.Where(attribute => present.GetValueOrDefault(attribute.Key) != attribute.Value).ToDictionary(StringComparer.Ordinal);
        if (tags.Count > 0)
            await sqs.TagQueueAsync(new TagQueueRequest { QueueUrl = url, Tags = tags }, cancellation);
        if (different.Count == 0)
            return ProvisionOutcome.Unchanged;

        try
        {
            await sqs.SetQueueAttributesAsync(url, different, cancellation);
            return ProvisionOutcome.Updated;
        }
        catch (AmazonSQSException exception) when (exception.ErrorCode is "InvalidAttributeName" or "InvalidAttributeValue")
        {
            throw new KeptDataException($"The kept queue {name} cannot take the template's {string.Join(", ", different.Keys)} ({exception.Message}).", exception);
        }
    }

    private static Dictionary<string, string> Tags(JsonObject properties) => (properties["Tags"] as JsonArray ?? [])
        .ToDictionary(tag => tag!["Key"]!.GetValue<string>(), tag => Text(tag!["Value"]!), StringComparer.Ordinal);

    /// <summary>An attribute is a text: a number or a policy as JSON, and a truth value in lower case.</summary>
    private static string Text(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
