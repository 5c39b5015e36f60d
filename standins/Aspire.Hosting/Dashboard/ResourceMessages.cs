using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Protos;
using Google.Protobuf.WellKnownTypes;
using Value = Google.Protobuf.WellKnownTypes.Value;

namespace Aspire.Hosting.Dashboard;

/// <summary>Puts a snapshot of a resource into the dashboard's words.</summary>
internal static class ResourceMessages
{
    /// <param name="resourceId">The instance's name: the resource's, with a suffix where it may have several.</param>
    /// <param name="displayName">The resource's name in the model.</param>
    /// <param name="createdAt">Stands in where the snapshot does not say when the resource was created.</param>
    public static ResourceMessage From(string resourceId, string displayName, DateTime createdAt, CustomResourceSnapshot snapshot)
    {
        var created = snapshot.CreationTimeStamp ?? createdAt;
        var message = new ResourceMessage
        {
            Name = resourceId,
            ResourceType = snapshot.ResourceType,
            DisplayName = displayName,
            Uid = resourceId,
            State = snapshot.State?.Text ?? "",
            StateStyle = snapshot.State?.Style ?? "",
            CreatedAt = ToTimestamp(created),
            StartedAt = ToTimestamp(snapshot.StartTimeStamp),
            StoppedAt = ToTimestamp(snapshot.StopTimeStamp),
            IsHidden = snapshot.IsHidden,
        };
        if (snapshot.IconName is { } iconName)
            message.IconName = iconName;
        if (snapshot.IconVariant is { } iconVariant)
            message.IconVariant = (int)iconVariant;

        message.Environment.AddRange(snapshot.EnvironmentVariables.Select(variable =>
            new EnvironmentVariableMessage { Name = variable.Name, Value = variable.Value ?? "", IsFromSpec = variable.IsFromSpec }));
        message.Urls.AddRange(snapshot.Urls.Select(ToMessage));
        message.HealthReports.AddRange(snapshot.HealthReports.Select(ToMessage));
        message.Commands.AddRange(snapshot.Commands.Select(ToMessage));
        // The page finds the instances behind a relationship by display name, so one entry stands for all replicas.
        message.Relationships.AddRange(snapshot.Relationships.Select(relationship =>
            new RelationshipMessage { ResourceName = relationship.ResourceName, Type = relationship.Type }));
        message.Properties.AddRange(OwnProperties(message, snapshot, created));
        message.Properties.AddRange(snapshot.Properties.Select(property =>
            new PropertyMessage { Name = property.Name, Value = PropertyValue.From(property.Value), IsSensitive = property.IsSensitive }));
        return message;
    }

    /// <summary>What the page's details list shows of every resource, whatever else it has.</summary>
    private static IEnumerable<PropertyMessage> OwnProperties(ResourceMessage message, CustomResourceSnapshot snapshot, DateTime created)
    {
        yield return Property("resource.uid", message.Uid);
        yield return Property("resource.name", message.Name);
        yield return Property("resource.type", message.ResourceType);
        yield return Property("resource.displayName", message.DisplayName);
        yield return Property("resource.state", snapshot.State?.Text);
        yield return Property("resource.exitCode", snapshot.ExitCode?.ToString(CultureInfo.InvariantCulture));
        yield return Property("resource.createTime", ToText(created));
        yield return Property("resource.startTime", ToText(snapshot.StartTimeStamp));
        yield return Property("resource.stopTime", ToText(snapshot.StopTimeStamp));
        yield return Property("resource.healthState", snapshot.HealthStatus?.ToString());

        static PropertyMessage Property(string name, string? value) =>
            new() { Name = name, Value = value is null ? Value.ForNull() : Value.ForString(value), IsSensitive = false };
    }

    private static UrlMessage ToMessage(UrlSnapshot url) => new()
    {
        EndpointName = url.Name ?? "",
        FullUrl = url.Url,
        IsInternal = url.IsInternal,
        IsInactive = url.IsInactive,
        DisplayProperties = new UrlDisplay { DisplayName = url.DisplayProperties.DisplayName, SortOrder = url.DisplayProperties.SortOrder },
    };

    private static HealthReportMessage ToMessage(HealthReportSnapshot report)
    {
        var message = new HealthReportMessage
        {
            Key = report.Name,
            Description = report.Description ?? "",
            Exception = report.ExceptionText ?? "",
            LastRunAt = ToTimestamp(report.LastRunAt),
        };
        if (report.Status is { } status)
            message.Status = ToNumber(status);
        return message;
    }

    private static int ToNumber(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus status) => status switch
    {
        Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy => 0,
        Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded => 2,
        _ => 1,
    };

    private static CommandMessage ToMessage(ResourceCommandSnapshot command) => new()
    {
        Name = command.Name,
        DisplayName = command.DisplayName,
        DisplayDescription = command.DisplayDescription ?? "",
        ConfirmationMessage = command.ConfirmationMessage ?? "",
        IconName = command.IconName ?? "",
        IconVariant = (int)(command.IconVariant ?? IconVariant.Regular),
        IsHighlighted = command.IsHighlighted,
        State = (int)command.State,
    };

    private static Timestamp? ToTimestamp(DateTime? time) => time is { } known ? Timestamp.FromDateTime(known.ToUniversalTime()) : null;

    private static string? ToText(DateTime? time) => time?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
