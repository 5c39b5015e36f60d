using System.ComponentModel;
using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using QuizAspire.Api.Http;
using QuizAspire.Core.Aws;
using QuizAspire.Core.DeadLetters;

namespace QuizAspire.Api.Operations;

internal static class DeadLetterEndpoints
{
    private const string QueueDescription = "Name of a dead-letter queue; absent for all of them.";

    // Chosen messages are moved while the client waits, and in the cloud a gateway waits 30 s.
    private static readonly TimeSpan ChosenTime = TimeSpan.FromSeconds(15);

    // SQS purges a queue once in 60 s.
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromSeconds(60);

    public static IEndpointRouteBuilder MapOperations(this IEndpointRouteBuilder routes)
    {
        var letters = routes.MapGroup("/operations/dead-letters").WithTags("Operations");
        letters.MapGet("", ListAsync).WithName("ListDeadLetters").Refuses(400, 404, 503)
            .WithSummary("Look at dead letters")
            .WithDescription("Messages are received and given back at once, so a consumer misses them for a moment. Contents are never shown.");
        letters.MapPost("/redrive", RedriveAsync).WithName("Redrive").Refuses(400, 404, 409, 413, 415, 422, 501, 503)
            .WithSummary("Send dead letters back to their queue")
            .WithDescription(
                "202 with a task for the whole queue, whose progress is at Location; 200 with the outcome of each for chosen message_ids. " +
                "A redriven submission that is scored turns its failed result into a completed one.");
        letters.MapGet("/redrive", ListTasksAsync).WithName("ListRedrives").Refuses(400, 404, 503)
            .WithSummary("Read the progress of redrives").WithDescription("At most the ten newest of a queue, newest first.");
        letters.MapPost("/redrive/cancel", CancelAsync).WithName("CancelRedrive").Refuses(400, 404, 409, 413, 415, 503)
            .WithSummary("Stop a redrive").WithDescription("What has been moved stays moved.");
        letters.MapPost("/purge", PurgeAsync).WithName("PurgeDeadLetters").Refuses(400, 404, 409, 413, 415, 422, 503)
            .WithSummary("Delete all messages of a dead-letter queue")
            .WithDescription("For good, so confirm must name the queue too. SQS takes up to a minute.");
        return routes;
    }

    private static async Task<Results<Ok<DeadLettersView>, Refusal>> ListAsync(
        [FromQuery, Description(QueueDescription)] string? queue,
        [FromQuery, Description("How many messages to show of each queue at most.")] string? limit,
        DeadLetterQueues queues, DeadLetterViews views, CancellationToken cancellationToken)
    {
        var count = PageQuery.DefaultLimit;
        if (limit is not null
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > DeadLetterPeek.MaxMessages))
            return Refusal.Malformed("limit", $"must be a whole number from 1 to {DeadLetterPeek.MaxMessages}");
        var (chosen, refusal) = Choose(queues, queue);
        if (chosen is null)
            return refusal!;
        var looked = new List<DeadLetterQueueView>();
        foreach (var one in chosen)
            looked.Add(await views.LookAsync(one, count, cancellationToken));
        return TypedResults.Ok(new DeadLettersView(looked));
    }

    private static async Task<Results<Accepted<RedriveTaskView>, Ok<RedrivenView>, Refusal>> RedriveAsync(
        JsonBody<RedriveRequest> body, DeadLetterQueues queues, RedriveTasks tasks, ChosenRedrive chosen, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (body.Value is not { } request)
            return body.Refusal!;
        var (queue, refusal) = queues.Find(request.Queue);
        if ((refusal ?? RedriveRules.Check(request)) is { } refused)
            return refused;
        if (request.MessageIds is { } ids)
        {
            if ((await tasks.ListAsync(queue!, cancellationToken)).Any(task => task.IsActive))
                return AlreadyRunning();
            using var limit = new CancellationTokenSource(ChosenTime, time);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            return TypedResults.Ok(RedrivenView.Of(queue!, await chosen.RunAsync(queue!, ids, request.MaxPerSecond, deadline.Token)));
        }

        var started = await tasks.StartAsync(queue!, request.MaxPerSecond, cancellationToken);
        return started.Status switch
        {
            StartStatus.Started => TypedResults.Accepted($"/operations/dead-letters/redrive?queue={queue!.Name}", RedriveTaskView.Of(started.Task!)),
            StartStatus.AlreadyRunning => AlreadyRunning(),
            _ => Refusal.Of(
                StatusCodes.Status501NotImplemented, "queue",
                "has no message move tasks, and this API runs as a function, which does nothing after its answer; choose messages by message_ids"),
        };
    }

    private static async Task<Results<Ok<RedriveTasksView>, Refusal>> ListTasksAsync(
        [FromQuery, Description(QueueDescription)] string? queue,
        DeadLetterQueues queues, RedriveTasks tasks, CancellationToken cancellationToken)
    {
        var (chosen, refusal) = Choose(queues, queue);
        if (chosen is null)
            return refusal!;
        var listed = await Task.WhenAll(chosen.Select(one => tasks.ListAsync(one, cancellationToken)));
        return TypedResults.Ok(new RedriveTasksView(
            [.. listed.SelectMany(task => task).OrderByDescending(task => task.StartedAt).Select(RedriveTaskView.Of)]));
    }

    private static async Task<Results<Accepted<RedriveTaskView>, Refusal>> CancelAsync(
        JsonBody<CancelRedriveRequest> body, DeadLetterQueues queues, RedriveTasks tasks, CancellationToken cancellationToken)
    {
        if (body.Value is not { } request)
            return body.Refusal!;
        var (queue, refusal) = queues.Find(request.Queue);
        if (queue is null)
            return refusal!;
        return await tasks.CancelAsync(queue, cancellationToken) is { } task
            ? TypedResults.Accepted($"/operations/dead-letters/redrive?queue={queue.Name}", RedriveTaskView.Of(task))
            : Refusal.Of(StatusCodes.Status409Conflict, "queue", "has no redrive that is running");
    }

    private static async Task<Results<Accepted<PurgedView>, Refusal>> PurgeAsync(
        JsonBody<PurgeRequest> body, DeadLetterQueues queues, RedriveTasks tasks, IAmazonSQS sqs, CancellationToken cancellationToken)
    {
        if (body.Value is not { } request)
            return body.Refusal!;
        var (queue, refusal) = queues.Find(request.Queue);
        if (queue is null)
            return refusal!;
        if (request.Confirm != queue.Name)
            return Refusal.Unprocessable("confirm", $"must be {queue.Name}: purging deletes every message of it, for good");
        if ((await tasks.ListAsync(queue, cancellationToken)).Any(task => task.IsActive))
            return AlreadyRunning();
        var depth = await QueueDepth.ReadAsync(sqs, queue.Url, cancellationToken);
        try
        {
            await sqs.PurgeQueueAsync(queue.Url, cancellationToken);
        }
        catch (PurgeQueueInProgressException)
        {
            return Refusal.Conflict("queue", "was purged less than a minute ago", PurgeInterval);
        }
        return TypedResults.Accepted((string?)null, new PurgedView(queue.Name, depth.Total));
    }

    private static (IReadOnlyList<DeadLetterQueue>? Chosen, Refusal? Refusal) Choose(DeadLetterQueues queues, string? name)
    {
        if (name is null)
            return (queues.All, null);
        var (queue, refusal) = queues.Find(name);
        return queue is null ? (null, refusal) : ([queue], null);
    }

    private static Refusal AlreadyRunning() =>
        Refusal.Of(StatusCodes.Status409Conflict, "queue", "is being redriven; wait for that task, or cancel it");
}
