using System.Diagnostics;
using Amazon.SQS;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.DeadLetters;

/// <summary>The move tasks of this process: one at a time for each queue, the newest remembered.</summary>
internal sealed class LocalMoveTasks(IAmazonSQS sqs, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, List<Run>> _byQueue = new(StringComparer.Ordinal);
    private bool _isStopping;

    /// <returns>Null when one is active on this queue, or the process is stopping.</returns>
    public MoveTask? TryStart(DeadLetterQueue queue, int? maxPerSecond)
    {
        lock (_lock)
        {
            var runs = _byQueue.TryGetValue(queue.Name, out var existing) ? existing : _byQueue[queue.Name] = [];
            if (_isStopping || runs.Any(run => run.Task.State.IsActive))
                return null;

            var redriver = new Redriver(sqs, new Backoff(time, Random.Shared), Activity.Current?.Context ?? default);
            var task = new LocalMoveTask(queue, sqs, redriver, time, maxPerSecond);
            var cancel = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            runs.Insert(0, new Run(task, cancel, Task.Run(() => RunAsync(task, cancel.Token), CancellationToken.None)));
            foreach (var forgotten in runs.Skip(MoveTask.MaxListed))
                forgotten.Cancel.Dispose();
            runs.RemoveRange(Math.Min(MoveTask.MaxListed, runs.Count), Math.Max(0, runs.Count - MoveTask.MaxListed));
            return task.State;
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<MoveTask> List(DeadLetterQueue queue)
    {
        lock (_lock)
            return _byQueue.TryGetValue(queue.Name, out var runs) ? [.. runs.Select(run => run.Task.State)] : [];
    }

    /// <summary>Asks the active task to stop after the message that it is at.</summary>
    /// <returns>Null when there is none.</returns>
    public MoveTask? TryCancel(DeadLetterQueue queue)
    {
        lock (_lock)
        {
            if (!_byQueue.TryGetValue(queue.Name, out var runs) || runs.Find(run => run.Task.State.IsActive) is not { } active)
                return null;
            active.Task.MarkCancelling();
            active.Cancel.Cancel();
            return active.Task.State;
        }
    }

    /// <summary>Stops them all between two messages and waits until they have. More than once it may be called, as hosts do.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        List<Task> ends;
        lock (_lock)
        {
            if (!_isStopping)
                _stopping.Cancel();
            _isStopping = true;
            ends = [.. _byQueue.Values.SelectMany(runs => runs).Select(run => run.End)];
        }
        await Task.WhenAll(ends).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_isStopping)
            _stopping.Cancel();
        _isStopping = true;
        foreach (var run in _byQueue.Values.SelectMany(runs => runs))
            run.Cancel.Dispose();
        _stopping.Dispose();
    }

    private static Task RunAsync(LocalMoveTask task, CancellationToken stop)
    {
        RedriveSpans.LeaveTrace();
        return task.RunAsync(stop);
    }

    private sealed record Run(LocalMoveTask Task, CancellationTokenSource Cancel, Task End);
}
