using System.Text.Json.Nodes;

namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

/// <summary>No emulator has a scheduler: AppHost itself calls the functions that a local run has.</summary>
internal sealed class Schedule() : ResourceType("AWS::Scheduler::Schedule")
{
    private const string FunctionPart = ":function:";

    public override ResourceIdentity Identify(ResourceRequest request)
    {
        var name = request.NameOr("Name");
        return new(name, name, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Arn"] = EmulatorAddresses.Arn("scheduler", $"schedule/{Group(request.Properties)}/{name}"),
        });
    }

    public override Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation) =>
        Task.FromResult(new ProvisionedResource(resource, ProvisionOutcome.NotProvisioned, [Note(resource.Properties)]));

    private static string Group(JsonObject properties) => properties["GroupName"].Text() ?? "default";

    public static bool IsEnabled(JsonObject properties) => properties["State"].Text() != "DISABLED";

    private static string Note(JsonObject properties)
    {
        var target = properties["Target"]?["Arn"].Text() ?? "";
        var function = target.IndexOf(FunctionPart, StringComparison.Ordinal) is > 0 and var at ? target[(at + FunctionPart.Length)..] : null;
        return !IsEnabled(properties) ? "the template has it disabled"
            : function is not null && ResourceNames.Functions.Contains(function) ? $"AppHost calls {function} by it"
            : "its target is not run in a local run";
    }
}
