using QuizAspire.AppHost.Embedded.Provisioning.Types;

namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>Every resource type that is known here.</summary>
internal static class ResourceTypes
{
    private static readonly Dictionary<string, ResourceType> ByName = new ResourceType[]
    {
        new SqsQueue(),
        new DynamoDbTable(),
        new LambdaFunction(),
        new NotProvisioned("AWS::Lambda::EventSourceMapping", "AppHost polls the queue for the function"),
        new NotProvisioned("AWS::SQS::QueuePolicy", "the emulator lets everybody in, so policies are not checked", "Queues"),
        new NotProvisioned("AWS::IAM::Role", "the emulators check no permissions", "RoleName", "iam", "role/"),
        new NotProvisioned("AWS::IAM::Policy", "the emulators check no permissions", "PolicyName"),
        new NotProvisioned("AWS::IAM::ManagedPolicy", "the emulators check no permissions", "ManagedPolicyName", "iam", "policy/"),
        new NotProvisioned("AWS::Lambda::Permission", "the emulators check no permissions"),
        new NotProvisioned("AWS::Logs::LogGroup", "the dashboard shows the function's logs", "LogGroupName", "logs", "log-group:"),
        new NotProvisioned("AWS::CDK::Metadata", "it only counts the CDK's users"),
    }.ToDictionary(type => type.Name, StringComparer.Ordinal);

    public static ResourceType For(string name) => ByName.GetValueOrDefault(name) ?? new UnknownType(name);
}
