using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.Core.Aws;
using QuizAspire.Core.DeadLetters;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.DeadLetters;

/// <summary>SQS's own move tasks where there are some, ours where the queue's own answer says that there are none.</summary>
[Collection(UsesEmulators.Name)]
public sealed class RedriveTasksTests(Emulators emulators)
{
    private static readonly DeadLetterQueue Queue = DeadLetterQueue.Of(
        "https://sqs.us-west-1.amazonaws.com/123456789012/quiz-submissions-dlq.fifo",
        "https://sqs.us-west-1.amazonaws.com/123456789012/quiz-submissions.fifo");

    [Fact]
    public async Task A_task_of_SQS_is_started_listed_and_cancelled()
    {
        using var sqs = new SqsWithMoveTasks();
        var tasks = Over(sqs);

        var started = await tasks.StartAsync(Queue, 50, default);
        var again = await tasks.StartAsync(Queue, null, default);
        var cancelled = await tasks.CancelAsync(Queue, default);
        sqs.End();

        Assert.Equal((StartStatus.Started, MoveTaskStatus.Running, 50), (started.Status, started.Task!.Status, started.Task.MaxPerSecond));
        Assert.Equal(
            ("arn:aws:sqs:us-west-1:123456789012:quiz-submissions-dlq.fifo", "arn:aws:sqs:us-west-1:123456789012:quiz-submissions.fifo", 50),
            (sqs.Started!.SourceArn, sqs.Started.DestinationArn, sqs.Started.MaxNumberOfMessagesPerSecond));
        Assert.Equal(StartStatus.AlreadyRunning, again.Status);
        Assert.Equal(MoveTaskStatus.Cancelling, cancelled!.Status);
        Assert.Equal(MoveTaskStatus.Cancelled, Assert.Single(await tasks.ListAsync(Queue, default)).Status);
        Assert.Null(await tasks.CancelAsync(Queue, default));
    }

    [Fact]
    public async Task Another_error_of_SQS_is_an_error_and_no_reason_to_do_it_here()
    {
        using var sqs = new SqsWithMoveTasks { Refusal = "AccessDenied" };

        var error = await Assert.ThrowsAsync<AmazonSQSException>(() => Over(sqs).StartAsync(Queue, null, default));

        Assert.Equal("AccessDenied", error.ErrorCode);
    }

    [Fact]
    public async Task Where_fauxqs_has_none_a_task_of_ours_runs()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await world.SendDeadAsync([("ada", "body")]);
        using var local = new LocalMoveTasks(world.Sqs, TimeProvider.System);
        var tasks = new RedriveTasks(world.Sqs, local, TimeProvider.System, mayRunHere: true);

        Assert.Equal(StartStatus.Started, (await tasks.StartAsync(world.Queue, null, default)).Status);
        await Eventually.BecomesTrueAsync(
            async () => (await tasks.ListAsync(world.Queue, default))[0].Status == MoveTaskStatus.Completed, "the task is completed");

        Assert.Single(await world.TakeSourceAsync());
    }

    [Fact]
    public async Task A_function_starts_none_of_ours_because_it_is_frozen_after_its_answer()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        using var local = new LocalMoveTasks(world.Sqs, TimeProvider.System);

        var outcome = await new RedriveTasks(world.Sqs, local, TimeProvider.System, mayRunHere: false).StartAsync(world.Queue, null, default);

        Assert.Equal(StartStatus.NotPossibleHere, outcome.Status);
    }

    [MotoFact]
    public async Task On_moto_which_fails_over_move_tasks_a_task_of_ours_runs()
    {
        await using var moto = await MotoServer.StartAsync();
        using var sqs = new AmazonSQSClient(
            new BasicAWSCredentials("moto", "moto"),
            new AmazonSQSConfig { ServiceURL = moto.Url, AuthenticationRegion = "us-west-1", MaxErrorRetry = 1 });
        var (queue, ids) = await DeadOnMotoAsync(sqs);
        using var local = new LocalMoveTasks(sqs, TimeProvider.System);
        var tasks = new RedriveTasks(sqs, local, TimeProvider.System, mayRunHere: true);

        Assert.Equal(StartStatus.Started, (await tasks.StartAsync(queue, null, default)).Status);
        await Eventually.BecomesTrueAsync(
            async () => (await tasks.ListAsync(queue, default))[0].Status == MoveTaskStatus.Completed, "the task is completed",
            TimeSpan.FromSeconds(60));

        Assert.Equal(ids.Count, (await tasks.ListAsync(queue, default))[0].Moved);
        Assert.Equal(ids.Count, (await QueueDepth.ReadAsync(sqs, queue.SourceUrl, default)).Visible);
        Assert.Equal(0, (await QueueDepth.ReadAsync(sqs, queue.Url, default)).Total);
    }

    private static RedriveTasks Over(IAmazonSQS sqs) => new(sqs, new LocalMoveTasks(sqs, TimeProvider.System), TimeProvider.System, mayRunHere: true);

    private static async Task<(DeadLetterQueue Queue, List<string> Ids)> DeadOnMotoAsync(AmazonSQSClient sqs)
    {
        var source = (await sqs.CreateQueueAsync(new CreateQueueRequest("q.fifo") { Attributes = new() { ["FifoQueue"] = "true" } })).QueueUrl;
        var dead = (await sqs.CreateQueueAsync(new CreateQueueRequest("q-dlq.fifo") { Attributes = new() { ["FifoQueue"] = "true" } })).QueueUrl;
        var ids = new List<string>();
        for (var n = 0; n < 12; n++)
        {
            var sent = await sqs.SendMessageAsync(
                new SendMessageRequest(dead, $"body {n}") { MessageGroupId = $"s{n % 5}", MessageDeduplicationId = $"d{n}" });
            ids.Add(sent.MessageId);
        }
        return (DeadLetterQueue.Of(dead, source), ids);
    }

    /// <summary>Answers as SQS's reference says of its move tasks.</summary>
    private sealed class SqsWithMoveTasks() : AmazonSQSClient(new AnonymousAWSCredentials(), RegionEndpoint.USWest1)
    {
        private ListMessageMoveTasksResultEntry? _task;

        public string? Refusal { get; init; }

        public StartMessageMoveTaskRequest? Started { get; private set; }

        public void End() => (_task!.Status, _task.TaskHandle) = ("CANCELLED", null);

        public override Task<GetQueueAttributesResponse> GetQueueAttributesAsync(
            string queueUrl, List<string> attributeNames, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GetQueueAttributesResponse
            {
                Attributes = new() { ["QueueArn"] = $"arn:aws:sqs:us-west-1:123456789012:{queueUrl[(queueUrl.LastIndexOf('/') + 1)..]}" },
            });

        public override Task<StartMessageMoveTaskResponse> StartMessageMoveTaskAsync(
            StartMessageMoveTaskRequest request, CancellationToken cancellationToken = default)
        {
            if (Refusal is not null)
                throw new AmazonSQSException("no", null, ErrorType.Sender, Refusal, "request-1", HttpStatusCode.Forbidden);
            if (_task is not null)
                throw new UnsupportedOperationException(
                    "running", null, ErrorType.Sender, "UnsupportedOperation", "request-2", HttpStatusCode.BadRequest);
            Started = request;
            _task = new()
            {
                SourceArn = request.SourceArn,
                Status = "RUNNING",
                TaskHandle = "handle",
                StartedTimestamp = 1_700_000_000_000,
                MaxNumberOfMessagesPerSecond = request.MaxNumberOfMessagesPerSecond,
                ApproximateNumberOfMessagesMoved = 3,
                ApproximateNumberOfMessagesToMove = 9,
            };
            return Task.FromResult(new StartMessageMoveTaskResponse { TaskHandle = "handle" });
        }

        public override Task<ListMessageMoveTasksResponse> ListMessageMoveTasksAsync(
            ListMessageMoveTasksRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ListMessageMoveTasksResponse { Results = _task is null ? [] : [_task] });

        public override Task<CancelMessageMoveTaskResponse> CancelMessageMoveTaskAsync(
            CancelMessageMoveTaskRequest request, CancellationToken cancellationToken = default)
        {
            Assert.Equal("handle", request.TaskHandle);
            _task!.Status = "CANCELLING";
            return Task.FromResult(new CancelMessageMoveTaskResponse { ApproximateNumberOfMessagesMoved = 3 });
        }
    }
}
