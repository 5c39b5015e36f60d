using QuizAspire.AppHost.Embedded.Provisioning.Types;

namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>Every resource type that is known here.</summary>
internal static class ResourceTypes
{
    private static readonly Dictionary<string, ResourceType> ByName = new ResourceType[]
    {
        new SqsQueue(),
        new DynamoDbTable(),
        new S3Bucket(),
        new SnsTopic(),
        new SnsSubscription(),
        new LambdaFunction(),
        new EventSourceMapping(),
        new Schedule(),
        new Alarm(),
        new NotProvisioned("AWS::SQS::QueuePolicy", "the emulator lets everybody in, so policies are not checked"),
        new NotProvisioned("AWS::S3::BucketPolicy", "the emulator lets everybody in, so policies are not checked"),
        new NotProvisioned("AWS::SNS::TopicPolicy", "the emulator lets everybody in, so policies are not checked"),
        new NotProvisioned("AWS::IAM::Role", "the emulators check no permissions", "RoleName", "iam", "role/"),
        new NotProvisioned("AWS::IAM::Policy", "the emulators check no permissions", "PolicyName"),
        new NotProvisioned("AWS::IAM::ManagedPolicy", "the emulators check no permissions", "ManagedPolicyName", "iam", "policy/"),
        new NotProvisioned("AWS::Lambda::Permission", "the emulators check no permissions"),
        new NotProvisioned("AWS::Lambda::EventInvokeConfig", "the Lambda emulator repeats no asynchronous call"),
        new NotProvisioned("AWS::KMS::Key", "the emulators encrypt nothing", service: "kms", arnPrefix: "key/", idAttribute: "KeyId"),
        new NotProvisioned("AWS::KMS::Alias", "the emulators encrypt nothing", "AliasName"),
        new NotProvisioned(
            "AWS::Scheduler::ScheduleGroup", "a group only names schedules, which AppHost runs itself", "Name", "scheduler", "schedule-group/"),
        new HttpApi(),
        new NotProvisioned("AWS::ApiGatewayV2::Integration", "the API is a process of its own in a local run"),
        new NotProvisioned("AWS::ApiGatewayV2::Route", "the API is a process of its own in a local run"),
        new NotProvisioned("AWS::ApiGatewayV2::Stage", "throttling and access logs are not emulated", "StageName"),
        new NotProvisioned("AWS::Logs::LogGroup", "the dashboard shows the logs", "LogGroupName", "logs", "log-group:"),
        new NotProvisioned("AWS::CDK::Metadata", "it only counts the CDK's users"),
    }.ToDictionary(type => type.Name, StringComparer.Ordinal);

    public static ResourceType For(string name) => ByName.GetValueOrDefault(name) ?? new UnknownType(name);
}
