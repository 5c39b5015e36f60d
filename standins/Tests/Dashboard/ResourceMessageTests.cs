using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Protos;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Kind = Google.Protobuf.WellKnownTypes.Value.KindOneofCase;

namespace Standins.Tests.Dashboard;

public class ResourceMessageTests
{
    private static readonly DateTime Created = new(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Bare_snapshot_has_all_that_the_page_cannot_do_without()
    {
        var message = From(new CustomResourceSnapshot { ResourceType = "Quiz", Properties = [] });

        Assert.Equal(("api-abcd", "api", "api-abcd", "Quiz"), (message.Name, message.DisplayName, message.Uid, message.ResourceType));
        Assert.Equal(Created, message.CreatedAt.ToDateTime());
        Assert.Null(message.StartedAt);
        Assert.Equal("", message.State);
        Assert.False(message.IsHidden);
    }

    [Fact]
    public void State_times_and_icon_are_carried_over()
    {
        var message = From(Snapshot() with
        {
            State = new ResourceStateSnapshot("Exited", KnownResourceStateStyles.Error),
            CreationTimeStamp = Created.AddSeconds(1),
            StartTimeStamp = Created.AddSeconds(2),
            StopTimeStamp = Created.AddSeconds(3),
            ExitCode = 3,
            IsHidden = true,
            IconName = "Bot",
            IconVariant = IconVariant.Filled,
        });

        Assert.Equal(("Exited", "error"), (message.State, message.StateStyle));
        Assert.Equal(Created.AddSeconds(1), message.CreatedAt.ToDateTime());
        Assert.Equal(Created.AddSeconds(2), message.StartedAt.ToDateTime());
        Assert.Equal(Created.AddSeconds(3), message.StoppedAt.ToDateTime());
        Assert.True(message.IsHidden);
        Assert.Equal(("Bot", 1), (message.IconName, message.IconVariant));
        Assert.Equal("3", Property(message, "resource.exitCode").Value.StringValue);
        Assert.Equal("2026-11-21T08:00:02.0000000Z", Property(message, "resource.startTime").Value.StringValue);
    }

    [Fact]
    public void Url_always_has_display_properties()
    {
        var message = From(Snapshot() with
        {
            Urls =
            [
                new UrlSnapshot("http", "http://localhost:5080", IsInternal: false) { DisplayProperties = new("API", 7) },
                new UrlSnapshot(null, "tcp://localhost:1", IsInternal: true) { IsInactive = true },
            ],
        });

        Assert.Equal(("http", "http://localhost:5080", false, false), Parts(message.Urls[0]));
        Assert.Equal(("API", 7), (message.Urls[0].DisplayProperties.DisplayName, message.Urls[0].DisplayProperties.SortOrder));
        Assert.Equal(("", "tcp://localhost:1", true, true), Parts(message.Urls[1]));
        Assert.NotNull(message.Urls[1].DisplayProperties);

        static (string, string, bool, bool) Parts(UrlMessage url) => (url.EndpointName, url.FullUrl, url.IsInternal, url.IsInactive);
    }

    [Fact]
    public void Health_that_has_not_been_checked_stays_pending()
    {
        var message = From(Snapshot() with
        {
            State = KnownResourceStates.Running,
            HealthReports =
            [
                new HealthReportSnapshot("a", HealthStatus.Healthy, "fine", null) { LastRunAt = Created },
                new HealthReportSnapshot("b", HealthStatus.Degraded, null, null),
                new HealthReportSnapshot("c", HealthStatus.Unhealthy, null, "boom"),
                new HealthReportSnapshot("d", null, null, null),
            ],
        });

        Assert.Equal([0, 2, 1], message.HealthReports.Take(3).Select(report => report.Status));
        Assert.False(message.HealthReports[3].HasStatus);
        Assert.Equal(("fine", Created), (message.HealthReports[0].Description, message.HealthReports[0].LastRunAt.ToDateTime()));
        Assert.Equal("boom", message.HealthReports[2].Exception);
        Assert.Equal("Unhealthy", Property(message, "resource.healthState").Value.StringValue);
    }

    [Fact]
    public void Properties_keep_their_kind_and_their_secrecy()
    {
        var message = From(Snapshot() with
        {
            Properties =
            [
                new("executable.pid", 42),
                new("executable.args", ImmutableArray.Create("--key", "x")) { IsSensitive = true },
                new("container.ports", ImmutableArray.Create(1, 2)),
                new("nothing", null),
                new("when", new Version(1, 2)),
            ],
        });

        Assert.Equal(42, Property(message, "executable.pid").Value.NumberValue);
        Assert.False(Property(message, "executable.pid").IsSensitive);
        Assert.Equal(["--key", "x"], Property(message, "executable.args").Value.ListValue.Values.Select(value => value.StringValue));
        Assert.True(Property(message, "executable.args").IsSensitive);
        Assert.Equal([1, 2], Property(message, "container.ports").Value.ListValue.Values.Select(value => value.NumberValue));
        Assert.Equal(Kind.NullValue, Property(message, "nothing").Value.KindCase);
        Assert.Equal("1.2", Property(message, "when").Value.StringValue);
    }

    [Fact]
    public void Environment_relationships_and_commands_are_carried_over()
    {
        var message = From(Snapshot() with
        {
            EnvironmentVariables = [new("A", "1", IsFromSpec: true), new("B", null, IsFromSpec: false)],
            Relationships = [new("queue", "Reference")],
            Commands =
            [
                new("purge", ResourceCommandState.Disabled, "Purge", "Empties the queue.", null, "Sure?", "Delete", IconVariant.Filled, true),
                new("look", ResourceCommandState.Hidden, "Look", null, null, null, null, null, false),
            ],
        });

        Assert.Equal(
            [("A", "1", true), ("B", "", false)], message.Environment.Select(variable => (variable.Name, variable.Value, variable.IsFromSpec)));
        Assert.Equal([("queue", "Reference")], message.Relationships.Select(relationship => (relationship.ResourceName, relationship.Type)));
        var purge = message.Commands[0];
        Assert.Equal(
            ("purge", "Purge", "Empties the queue.", "Sure?"), (purge.Name, purge.DisplayName, purge.DisplayDescription, purge.ConfirmationMessage));
        Assert.Equal(("Delete", 1, true, 1), (purge.IconName, purge.IconVariant, purge.IsHighlighted, purge.State));
        Assert.Equal((2, 0), (message.Commands[1].State, message.Commands[1].IconVariant));
    }

    private static ResourceMessage From(CustomResourceSnapshot snapshot) => ResourceMessages.From("api-abcd", "api", Created, snapshot);

    private static CustomResourceSnapshot Snapshot() => new() { ResourceType = "Quiz", Properties = [] };

    private static PropertyMessage Property(ResourceMessage message, string name) => message.Properties.Single(property => property.Name == name);
}
