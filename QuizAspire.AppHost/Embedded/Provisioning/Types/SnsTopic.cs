using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.SimpleNotificationService.Model;

namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

internal sealed class SnsTopic() : ResourceType("AWS::SNS::Topic")
{
    // A property is named as the attribute that it sets.
    private static readonly string[] AttributeProperties = ["ContentBasedDeduplication", "DisplayName", "FifoTopic", "SignatureVersion"];

    public override ResourceIdentity Identify(ResourceRequest request)
    {
        var fifo = request.Properties["FifoTopic"]?.ToString() == "true";
        var name = request.NameOr("TopicName", fifo ? ".fifo" : "");
        var arn = EmulatorAddresses.Arn("sns", name);
        return new(arn, name, new Dictionary<string, string>(StringComparer.Ordinal) { ["TopicArn"] = arn, ["TopicName"] = name });
    }

    public override async Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation)
    {
        var wanted = AttributeProperties.Where(resource.Properties.ContainsKey)
            .ToDictionary(name => name, name => Text(resource.Properties[name]!), StringComparer.Ordinal);
        var arn = resource.Identity.PhysicalId;
        var present = await AttributesAsync(clients, arn, cancellation);
        if (present is null)
        {
            await clients.Sns.CreateTopicAsync(new CreateTopicRequest(resource.Identity.Name) { Attributes = wanted }, cancellation);
            return new(resource, ProvisionOutcome.Created, Notes(resource));
        }

        var different = wanted.Where(attribute => present.GetValueOrDefault(attribute.Key) != attribute.Value).ToArray();
        foreach (var (name, value) in different)
            await SetAsync(clients, resource, name, value, cancellation);
        return new(resource, different.Length == 0 ? ProvisionOutcome.Unchanged : ProvisionOutcome.Updated, Notes(resource));
    }

    private static async Task<Dictionary<string, string>?> AttributesAsync(EmulatorClients clients, string arn, CancellationToken cancellation)
    {
        try
        {
            return (await clients.Sns.GetTopicAttributesAsync(arn, cancellation)).Attributes;
        }
        catch (NotFoundException)
        {
            return null;
        }
    }

    private static async Task SetAsync(EmulatorClients clients, PlannedResource resource, string name, string value, CancellationToken cancellation)
    {
        try
        {
            await clients.Sns.SetTopicAttributesAsync(resource.Identity.PhysicalId, name, value, cancellation);
        }
        catch (InvalidParameterException exception)
        {
            throw new KeptDataException($"The kept topic {resource.Identity.Name} cannot take the template's {name} ({exception.Message}).", exception);
        }
    }

    private static string[] Notes(PlannedResource resource) =>
    [
        .. resource.Properties.Select(property => property.Key).Where(name => name != "TopicName" && !AttributeProperties.Contains(name)).Select(name => name switch
        {
            "KmsMasterKeyId" => "encryption is not emulated",
            "Tags" => "tags are left out",
            var other => $"{other} is not emulated",
        }),
    ];

    private static string Text(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
