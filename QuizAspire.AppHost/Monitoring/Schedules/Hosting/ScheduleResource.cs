using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Schedules.Running;

namespace QuizAspire.AppHost.Monitoring.Schedules.Hosting;

/// <summary>A schedule of the stack as a resource of the application.</summary>
/// <param name="function">What it invokes here; null for a target that a local run does not have.</param>
internal sealed class ScheduleResource(string name, PlannedSchedule schedule, string? function) : Resource(name)
{
    public PlannedSchedule Schedule => schedule;

    public string? Function => function;

    /// <summary>Why it is not run; null when it is.</summary>
    public string? NotRun =>
        function is null ? $"its target {schedule.TargetArn} is no function that runs here"
        : schedule.Enabled ? null
        : "the template disables it";

    /// <summary>Once the application has started.</summary>
    public ScheduleRunner? Runner { get; set; }

    public CustomResourceSnapshot Initially => new()
    {
        ResourceType = "Schedule",
        State = NotRun is null
            ? KnownResourceStates.NotStarted
            : new ResourceStateSnapshot(function is null ? "NotRun" : "Disabled", KnownResourceStateStyles.Info),
        Properties = Properties(ScheduleState.None),
    };

    public CustomResourceSnapshot With(CustomResourceSnapshot snapshot, ScheduleState state) => snapshot with
    {
        State = NotRun is not null ? snapshot.State
            : state.NextRun is null ? KnownResourceStates.Finished
            : new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
        Properties = Shown(snapshot, Properties(state)),
    };

    /// <summary>What others have put there stays, such as the parent, under which the dashboard lists the resource.</summary>
    private static ImmutableArray<ResourcePropertySnapshot> Shown(CustomResourceSnapshot snapshot, ImmutableArray<ResourcePropertySnapshot> own) =>
        [.. snapshot.Properties.Where(property => own.All(mine => mine.Name != property.Name)), .. own];

    private ImmutableArray<ResourcePropertySnapshot> Properties(ScheduleState state) =>
    [
        new(CustomResourceKnownProperties.Source, state.NextRun is { } next ? $"{schedule.Expression}; next {Text(next)}" : schedule.Expression),
        new("Expression", schedule.Expression),
        new("Time zone", schedule.TimeZone),
        new("Target", function ?? schedule.TargetArn),
        .. NotRun is { } reason ? [new ResourcePropertySnapshot("Not run", reason)] : ImmutableArray<ResourcePropertySnapshot>.Empty,
        new("Next run", Text(state.NextRun)),
        new("Last run", Text(state.LastRun)),
        new("Last result", state.LastResult ?? "-"),
        new("Runs", state.Runs.ToString(CultureInfo.InvariantCulture)),
        new("Failures", state.Failures.ToString(CultureInfo.InvariantCulture)),
    ];

    private static string Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
