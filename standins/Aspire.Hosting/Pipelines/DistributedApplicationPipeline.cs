#pragma warning disable ASPIREPIPELINES001 // The pipeline's own parts.
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Pipelines;

internal sealed partial class DistributedApplicationPipeline : IDistributedApplicationPipeline
{
    private readonly List<PipelineStep> _steps =
    [
        new(WellKnownPipelineSteps.Publish, _ => Task.CompletedTask, [], []),
        new(WellKnownPipelineSteps.PublishPrereq, _ => Task.CompletedTask, [], []),
    ];

    public void AddStep(string name, Func<PipelineStepContext, Task> action, object? dependsOn = null, object? requiredBy = null)
    {
        if (_steps.Any(step => step.Name == name))
            throw new InvalidOperationException($"The pipeline has a step '{name}' already.");
        _steps.Add(new PipelineStep(name, action, Names(dependsOn, nameof(dependsOn)), Names(requiredBy, nameof(requiredBy))));
    }

    /// <summary>Steps that do not wait for each other run at the same time; what depends on a failed one does not run, and the rest does.</summary>
    public async Task ExecuteAsync(PipelineContext context)
    {
        var graph = new StepGraph(_steps);
        var step = context.Services.GetRequiredService<IOptions<PipelineOptions>>().Value.Step;
        var ordered = graph.InOrder(string.IsNullOrWhiteSpace(step) ? null : step);

        var outcomes = new Dictionary<string, Task<bool>>(StringComparer.Ordinal);
        var failures = new List<(string Step, Exception Failure)>();
        foreach (var next in ordered)
        {
            var dependencies = graph.DependenciesOf(next).Select(name => outcomes[name]).ToArray();
            outcomes[next.Name] = Task.Run(async () =>
            {
                if (!(await Task.WhenAll(dependencies).ConfigureAwait(false)).All(succeeded => succeeded))
                    return false;
                try
                {
                    await RunAsync(next, context).ConfigureAwait(false);
                    return true;
                }
                catch (Exception failure)
                {
                    lock (failures)
                        failures.Add((next.Name, failure));
                    return false;
                }
            });
        }

        await Task.WhenAll(outcomes.Values).ConfigureAwait(false);
        switch (failures)
        {
            case []:
                return;
            case [var only]:
                throw only.Failure;
            default:
                throw new AggregateException(
                    $"Several steps of the pipeline failed: {string.Join(", ", failures.Select(failure => failure.Step))}",
                    failures.Select(failure => failure.Failure));
        }
    }

    private static async Task RunAsync(PipelineStep step, PipelineContext context)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        var reporting = new ReportingStep(step.Name);
        await using (reporting.ConfigureAwait(false))
        {
            try
            {
                await step.Action(new PipelineStepContext { PipelineContext = context, ReportingStep = reporting }).ConfigureAwait(false);
            }
            catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
            {
                // An exception of Aspire's own kind carries a message for people; any other is told with the step that it came from.
                var failure = exception is DistributedApplicationException
                    ? exception
                    : new InvalidOperationException($"Step '{step.Name}' failed: {exception.Message}", exception);
                LogFailure(context.Logger, failure, step.Name);
                await reporting.CompleteAsync(failure.Message, CompletionState.CompletedWithError).ConfigureAwait(false);
                throw failure;
            }
        }
    }

    private static IReadOnlyList<string> Names(object? names, string parameter) => names switch
    {
        null => [],
        string name => [name],
        IEnumerable<string> several => [.. several],
        _ => throw new ArgumentException($"A step is named by a string or by a sequence of strings, not by a {names.GetType().Name}.", parameter),
    };

    [LoggerMessage(LogLevel.Error, "Step '{Step}' of the pipeline failed.")]
    private static partial void LogFailure(ILogger logger, Exception exception, string step);
}
