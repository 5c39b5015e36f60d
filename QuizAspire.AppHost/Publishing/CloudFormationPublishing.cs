#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // Aspire calls its pipeline experimental; it is the only way to publish.
using Aspire.Hosting;
using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuizAspire.AppHost.Infrastructure;

namespace QuizAspire.AppHost.Publishing;

/// <summary>Publishing as a step of Aspire's pipeline: <c>aspire publish</c>, or AppHost with <c>--operation publish</c>.</summary>
internal static class CloudFormationPublishing
{
    public const string StepName = "publish-cloudformation";

    /// <returns>How it went, once the application has run.</returns>
    public static PublishOutcome AddCloudFormationPublishing(
        this IDistributedApplicationBuilder builder, ProjectFolders folders, PublishOptions options)
    {
        var outcome = new PublishOutcome();
        // With no step chosen Aspire runs every step that it knows, deployment and its search for a container runtime included; its CLI
        // always chooses.
        if (string.IsNullOrEmpty(builder.Configuration["Pipeline:Step"]))
            builder.Configuration["Pipeline:Step"] = WellKnownPipelineSteps.Publish;
        // Aspire and the host would each tell a failure again, with a stack trace.
        builder.Services.AddLogging(logging => logging
            .AddFilter("Aspire.Hosting", level => level >= LogLevel.Warning && !outcome.IsTold)
            .AddFilter("Microsoft.Extensions.Hosting", level => level >= LogLevel.Warning && !outcome.IsTold));
        builder.Eventing.Subscribe<AfterPublishEvent>((_, _) =>
        {
            outcome.Succeeded = true;
            return Task.CompletedTask;
        });
        builder.Pipeline.AddStep(
            StepName,
            context => PublishAsync(context, folders, options, outcome),
            dependsOn: WellKnownPipelineSteps.PublishPrereq,
            requiredBy: WellKnownPipelineSteps.Publish);
        return outcome;
    }

    private static async Task PublishAsync(PipelineStepContext context, ProjectFolders folders, PublishOptions options, PublishOutcome outcome)
    {
        var time = context.Services.GetService<TimeProvider>() ?? TimeProvider.System;
        var directory = context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory();
        var begin = time.GetTimestamp();
        try
        {
            var synthesizer = new TemplateSynthesizer(folders.Artifacts, () => NodeLocator.Find(folders.Tools), time);
            await new Publication(folders, options, synthesizer)
                .WriteAsync(directory, new PublishProgress(context.ReportingStep, Console.Out, time), context.CancellationToken);
            Console.WriteLine($"Published to {directory} in {time.GetElapsedTime(begin).TotalSeconds:0} s. Its {DeployGuide.Name} says how to deploy it.");
        }
        catch (Exception problem) when (context.CancellationToken.IsCancellationRequested)
        {
            // Ctrl+C reaches the programs that run beneath this one too, and how they end is no problem to tell of.
            outcome.IsTold = true;
            await Console.Error.WriteLineAsync($"Cancelled: {directory} is as it was.");
            throw new OperationCanceledException(problem.Message, problem, context.CancellationToken);
        }
        catch (Exception problem) when (problem is LaunchException or IOException or UnauthorizedAccessException)
        {
            outcome.IsTold = true;
            await Console.Error.WriteLineAsync($"{problem.Message}{Environment.NewLine}Nothing was published: {directory} is as it was.");
            throw new DistributedApplicationException(problem.Message, problem);
        }
    }
}

/// <summary>Aspire's host ends in the same way after a success and after a failure, so the exit code is kept here.</summary>
internal sealed class PublishOutcome
{
    public bool Succeeded { get; set; }

    /// <summary>Has the person at the terminal been told why it did not succeed?</summary>
    public bool IsTold { get; set; }

    public int ExitCode => Succeeded ? 0 : 1;
}
