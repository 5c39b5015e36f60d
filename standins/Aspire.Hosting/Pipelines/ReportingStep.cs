#pragma warning disable ASPIREPIPELINES001 // The pipeline's own parts.
namespace Aspire.Hosting.Pipelines;

/// <summary>Keeps the states. The Aspire CLI would be told of each change; without it nobody is, and what a person is to see goes to the log.</summary>
internal sealed class ReportingStep(string name) : IReportingStep
{
    private readonly Lock _gate = new();
    private readonly List<ReportingTask> _tasks = [];

    public CompletionState State { get; private set; }

    public Task<IReportingTask> CreateTaskAsync(string statusText, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (State != CompletionState.InProgress)
                throw new InvalidOperationException($"Step '{name}' is complete and takes no task '{statusText}'.");
            var task = new ReportingTask(this, statusText);
            _tasks.Add(task);
            return Task.FromResult<IReportingTask>(task);
        }
    }

    public Task CompleteAsync(
        string completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (State == CompletionState.InProgress)
                State = completionState;
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        CompletionState worst;
        lock (_gate)
            worst = _tasks.Count == 0 ? CompletionState.Completed : _tasks.Max(task => task.State);
        return new ValueTask(CompleteAsync(name, worst));
    }

    public void Complete(ReportingTask task, CompletionState state)
    {
        lock (_gate)
        {
            if (task.State != CompletionState.InProgress)
                return;
            if (State != CompletionState.InProgress)
                throw new InvalidOperationException($"Task '{task.StatusText}' cannot end any more: its step '{name}' is complete.");
            task.State = state;
        }
    }
}

internal sealed class ReportingTask(ReportingStep step, string statusText) : IReportingTask
{
    public string StatusText { get; } = statusText;

    public CompletionState State { get; set; }

    public Task CompleteAsync(
        string? completionMessage = null, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default)
    {
        step.Complete(this, completionState);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => new(CompleteAsync());
}
