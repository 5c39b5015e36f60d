#pragma warning disable ASPIREPIPELINES001 // The pipeline's own parts.
namespace Aspire.Hosting.Pipelines;

internal sealed record PipelineStep(
    string Name, Func<PipelineStepContext, Task> Action, IReadOnlyList<string> DependsOn, IReadOnlyList<string> RequiredBy);

/// <summary>The steps with both ways of saying an order brought to one.</summary>
internal sealed class StepGraph
{
    private readonly Dictionary<string, PipelineStep> _steps;
    private readonly Dictionary<string, IReadOnlyList<string>> _dependencies;

    /// <exception cref="InvalidOperationException">A step names one that does not exist.</exception>
    public StepGraph(IEnumerable<PipelineStep> steps)
    {
        _steps = steps.ToDictionary(step => step.Name, StringComparer.Ordinal);
        foreach (var step in _steps.Values)
        {
            if (step.DependsOn.FirstOrDefault(name => !_steps.ContainsKey(name)) is { } dependency)
                throw new InvalidOperationException($"Step '{step.Name}' depends on '{dependency}', and there is no such step.");
            if (step.RequiredBy.FirstOrDefault(name => !_steps.ContainsKey(name)) is { } dependent)
                throw new InvalidOperationException($"Step '{step.Name}' is required by '{dependent}', and there is no such step.");
        }

        _dependencies = _steps.Values.ToDictionary(
            step => step.Name,
            IReadOnlyList<string> (step) =>
            [
                .. step.DependsOn.Union(
                    _steps.Values.Where(other => other.RequiredBy.Contains(step.Name)).Select(other => other.Name), StringComparer.Ordinal),
            ],
            StringComparer.Ordinal);
    }

    public IReadOnlyList<string> DependenciesOf(PipelineStep step) => _dependencies[step.Name];

    /// <summary>Each after those that it depends on.</summary>
    /// <param name="target">The step to reach; all steps when not given.</param>
    /// <exception cref="InvalidOperationException">There is no such step, or steps wait for each other in a circle.</exception>
    public IReadOnlyList<PipelineStep> InOrder(string? target)
    {
        if (target is not null && !_steps.ContainsKey(target))
            throw new InvalidOperationException(
                $"The pipeline has no step '{target}'. It has {string.Join(", ", _steps.Keys.Select(name => $"'{name}'"))}.");

        var ordered = new List<PipelineStep>();
        var path = new List<string>();
        foreach (var name in target is null ? [.. _steps.Keys] : new[] { target })
            Visit(name);
        return ordered;

        void Visit(string name)
        {
            if (path.IndexOf(name) is var start and >= 0)
                throw new InvalidOperationException(
                    $"Steps of the pipeline wait for each other in a circle: {string.Join(" → ", path[start..].Append(name))}");
            if (ordered.Contains(_steps[name]))
                return;
            path.Add(name);
            foreach (var dependency in _dependencies[name])
                Visit(dependency);
            path.RemoveAt(path.Count - 1);
            ordered.Add(_steps[name]);
        }
    }
}
