using System.Text.Json.Nodes;

namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

/// <summary>No emulator has metrics or alarms: AppHost itself evaluates those that it can measure.</summary>
internal sealed class Alarm() : ResourceType("AWS::CloudWatch::Alarm")
{
    private static readonly string[] Measured = ["AWS/SQS", "AWS/Lambda"];

    public override ResourceIdentity Identify(ResourceRequest request)
    {
        var name = request.NameOr("AlarmName");
        return new(name, name, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Arn"] = EmulatorAddresses.Arn("cloudwatch", $"alarm:{name}"),
        });
    }

    public override Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation) =>
        Task.FromResult(new ProvisionedResource(resource, ProvisionOutcome.NotProvisioned,
        [
            Measured.Contains(NamespaceOf(resource.Properties)) ? "AppHost measures and evaluates it" : "nothing measures its metric in a local run",
        ]));

    public static string NamespaceOf(JsonObject properties) => properties["Namespace"].Text() ?? "";
}
