using Amazon.SQS.Model;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.Lambda;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Resources;
using QuizAspire.AppHost.Monitoring.Schedules.Expressions;
using QuizAspire.AppHost.Monitoring.Schedules.Running;
using QuizAspire.AppHost.Monitoring.Telemetry;

namespace QuizAspire.AppHost.Monitoring.Schedules.Hosting;

/// <summary>EventBridge Scheduler of a local run: the schedules of the template invoke the functions that run here.</summary>
internal static class SchedulesExtensions
{
    public const string RunNowCommand = "run-now";

    /// <summary>Scheduler invokes "with 60 second precision"; there is no reason to be as late as that.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>Adds every schedule of the plan as a resource. Each runs from the start of the application on, wherever AWS is.</summary>
    /// <param name="emulator">The Lambda emulator; null when no function runs.</param>
    /// <exception cref="LaunchException">An expression or a time zone that AWS would refuse.</exception>
    public static void AddSchedules(this IDistributedApplicationBuilder builder, IAwsBackend aws, LambdaEmulatorResource? emulator)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddHostTelemetry();
        foreach (var schedule in aws.Plan.Schedules)
            builder.AddSchedule(aws, emulator, schedule, ExpressionOf(schedule));
    }

    private static void AddSchedule(
        this IDistributedApplicationBuilder builder, IAwsBackend aws, LambdaEmulatorResource? emulator, PlannedSchedule schedule,
        ScheduleExpression expression)
    {
        var function = emulator is null ? null : aws.Plan.Functions
            .FirstOrDefault(function => function.Arn == schedule.TargetArn && ResourceNames.Functions.Contains(function.Name))?.Name;
        var resource = new ScheduleResource(StackChildNames.For(schedule.Name, "schedule", builder.Has), schedule, function);
        var added = builder.AddResource(resource)
            .WithInitialState(resource.Initially)
            .WithParentRelationship(aws.Stack)
            .WithIconName("CalendarClock")
            .ExcludeFromManifest();
        if (function is null || emulator is null)
            return;
        added
            .OnInitializeResource((_, started, _) =>
            {
                Start(resource, function, expression, aws, emulator, started);
                return Task.CompletedTask;
            })
            .WithCommand(RunNowCommand, "Run now", context => RunNowAsync(resource, context), new CommandOptions
            {
                Description = "Invokes the function once, now. The schedule goes on as it is.",
                IconName = "Play",
                IsHighlighted = true,
            });
    }

    private static void Start(
        ScheduleResource resource, string function, ScheduleExpression expression, IAwsBackend aws, LambdaEmulatorResource emulator,
        InitializeResourceEvent started)
    {
        var endpoint = new EndpointReference(emulator, "http");
        var invoker = new LambdaInvoker(LocalHttp.Client, () => new Uri(endpoint.Url), AnswerLimit);
        var target = new ScheduleTarget(
            cancellation => started.Notifications.WaitForResourceHealthyAsync(emulator.Name, WaitBehavior.WaitOnResourceUnavailable, cancellation),
            invoker.InvokeAsync,
            (queueArn, letter, cancellation) => SendAsync(aws, queueArn, letter, cancellation));
        var host = started.Services.GetRequiredService<HostTelemetry>();
        var telemetry = host.Of(resource.Name, counts: true);
        resource.Runner = new ScheduleRunner(
            resource.Schedule, expression, function, target, new TimeOfDay(started.Services.GetRequiredService<TimeProvider>(), Tick),
            telemetry.Both(started.Logger), new RunSpans(resource.Schedule, function, telemetry),
            state => _ = started.Notifications.PublishUpdateAsync(resource, snapshot => resource.With(snapshot, state)));
        if (resource.NotRun is null)
            // It outlives the event.
            _ = RunAsync(resource.Runner, host, started.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
    }

    /// <summary>The first run is due at once, and to be seen as every other.</summary>
    private static async Task RunAsync(ScheduleRunner runner, HostTelemetry telemetry, CancellationToken stopping)
    {
        await telemetry.ReadyAsync(stopping);
        await runner.RunAsync(stopping);
    }

    private static async Task<ExecuteCommandResult> RunNowAsync(ScheduleResource resource, ExecuteCommandContext context)
    {
        if (resource.Runner is not { } runner)
            return CommandResults.Failure("The application has not started yet.");
        var result = await runner.RunNowAsync(context.CancellationToken);
        return result.Succeeded ? CommandResults.Success($"{resource.Function}: {result.Text}") : CommandResults.Failure(result.Text);
    }

    private static async Task SendAsync(IAwsBackend aws, string queueArn, DeadLetter letter, CancellationToken cancellation)
    {
        var queue = aws.Plan.Queues.FirstOrDefault(queue => queue.Arn == queueArn)
            ?? throw new InvalidOperationException($"the stack has no queue {queueArn}");
        await aws.Clients.Sqs.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = await aws.ResolveAsync(queue.Url, cancellation),
                MessageBody = letter.Body,
                MessageAttributes = letter.Attributes.ToDictionary(
                    attribute => attribute.Key, attribute => new MessageAttributeValue { DataType = "String", StringValue = attribute.Value }),
            },
            cancellation);
    }

    private static ScheduleExpression ExpressionOf(PlannedSchedule schedule)
    {
        try
        {
            return ScheduleExpression.Parse(schedule.Expression, schedule.TimeZone);
        }
        catch (ScheduleExpressionException exception)
        {
            throw new LaunchException($"The schedule {schedule.Name} of the template cannot be run: {exception.Message}");
        }
    }
}
