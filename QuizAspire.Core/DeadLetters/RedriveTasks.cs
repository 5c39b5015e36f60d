using Amazon.SQS;
using Amazon.SQS.Model;

namespace QuizAspire.Core.DeadLetters;

internal enum StartStatus
{
    Started,

    /// <summary>One task at a time for each queue.</summary>
    AlreadyRunning,

    /// <summary>The queue's service has no move tasks, and this process may not live on after its answer.</summary>
    NotPossibleHere,
}

internal sealed record StartOutcome(StartStatus Status, MoveTask? Task = null);

/// <summary>
/// Redrives of whole dead-letter queues: SQS's own message move tasks, and where the service answers that it has none, ours. Which one is
/// asked each time, so nothing needs to be configured or remembered.
/// </summary>
/// <param name="mayRunHere">False where the process is frozen after its answer, as a function is.</param>
internal sealed class RedriveTasks(IAmazonSQS sqs, LocalMoveTasks local, TimeProvider time, bool mayRunHere)
{
    private static readonly List<string> ArnAttribute = ["QueueArn"];

    /// <param name="maxPerSecond">1 to <see cref="MoveTask.MaxRate"/>; null: as fast as it goes.</param>
    public async Task<StartOutcome> StartAsync(DeadLetterQueue queue, int? maxPerSecond, CancellationToken cancellationToken)
    {
        var arn = await ArnAsync(queue, cancellationToken);
        try
        {
            await sqs.StartMessageMoveTaskAsync(new StartMessageMoveTaskRequest
            {
                SourceArn = arn,
                // Without it SQS looks up where each message came from, which it knows of those only that it has moved here itself.
                DestinationArn = arn[..(arn.LastIndexOf(':') + 1)] + queue.SourceName,
                MaxNumberOfMessagesPerSecond = maxPerSecond,
            }, cancellationToken);
        }
        catch (AmazonSQSException exception) when (SqsFailures.HasNoMoveTasks(exception))
        {
            return StartHere(queue, maxPerSecond);
        }
        catch (AmazonSQSException exception) when ((int)exception.StatusCode is >= 400 and < 500)
        {
            // SQS's reference names no error of its own for a second task, so its list tells.
            if (await NewestAsync(queue, cancellationToken) is { IsActive: true } active)
                return new StartOutcome(StartStatus.AlreadyRunning, active);
            throw;
        }

        return new StartOutcome(StartStatus.Started, await NewestAsync(queue, cancellationToken)
            ?? new MoveTask(queue.Name, MoveTaskStatus.Running, 0, null, time.GetUtcNow(), maxPerSecond, null));
    }

    /// <summary>Newest first, at most ten.</summary>
    public async Task<IReadOnlyList<MoveTask>> ListAsync(DeadLetterQueue queue, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await ListOwnAsync(queue, MoveTask.MaxListed, cancellationToken)).Select(task => Of(queue, task))];
        }
        catch (AmazonSQSException exception) when (SqsFailures.HasNoMoveTasks(exception))
        {
            return local.List(queue);
        }
    }

    /// <summary>Asks the running task to stop. What it has moved stays moved.</summary>
    /// <returns>Null when none is running.</returns>
    public async Task<MoveTask?> CancelAsync(DeadLetterQueue queue, CancellationToken cancellationToken)
    {
        try
        {
            var newest = (await ListOwnAsync(queue, 1, cancellationToken)).FirstOrDefault();
            // SQS tells the handle while a task is running.
            if (newest is not { TaskHandle: { Length: > 0 } handle })
                return null;
            await sqs.CancelMessageMoveTaskAsync(new CancelMessageMoveTaskRequest { TaskHandle = handle }, cancellationToken);
            return await NewestAsync(queue, cancellationToken);
        }
        catch (AmazonSQSException exception) when (SqsFailures.HasNoMoveTasks(exception))
        {
            return local.TryCancel(queue);
        }
        catch (Exception exception) when (exception is ResourceNotFoundException or UnsupportedOperationException)
        {
            return null; // It has ended meanwhile.
        }
    }

    private StartOutcome StartHere(DeadLetterQueue queue, int? maxPerSecond)
    {
        if (!mayRunHere)
            return new StartOutcome(StartStatus.NotPossibleHere);
        return local.TryStart(queue, maxPerSecond) is { } task
            ? new StartOutcome(StartStatus.Started, task)
            : new StartOutcome(StartStatus.AlreadyRunning, local.List(queue).FirstOrDefault(task => task.IsActive));
    }

    private async Task<MoveTask?> NewestAsync(DeadLetterQueue queue, CancellationToken cancellationToken) =>
        (await ListAsync(queue, cancellationToken)) is [var newest, ..] ? newest : null;

    private async Task<List<ListMessageMoveTasksResultEntry>> ListOwnAsync(DeadLetterQueue queue, int count, CancellationToken cancellationToken)
    {
        var request = new ListMessageMoveTasksRequest { SourceArn = await ArnAsync(queue, cancellationToken), MaxResults = count };
        return (await sqs.ListMessageMoveTasksAsync(request, cancellationToken)).Results ?? [];
    }

    private async Task<string> ArnAsync(DeadLetterQueue queue, CancellationToken cancellationToken) =>
        (await sqs.GetQueueAttributesAsync(queue.Url, ArnAttribute, cancellationToken)).Attributes["QueueArn"];

    private static MoveTask Of(DeadLetterQueue queue, ListMessageMoveTasksResultEntry task) => new(
        queue.Name,
        Enum.TryParse<MoveTaskStatus>(task.Status, ignoreCase: true, out var status) ? status : MoveTaskStatus.Failed,
        task.ApproximateNumberOfMessagesMoved ?? 0,
        task.ApproximateNumberOfMessagesToMove,
        DateTimeOffset.FromUnixTimeMilliseconds(task.StartedTimestamp ?? 0),
        task.MaxNumberOfMessagesPerSecond,
        task.FailureReason);
}
