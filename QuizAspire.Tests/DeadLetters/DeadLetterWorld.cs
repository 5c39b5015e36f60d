using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.Core.Aws;
using QuizAspire.Core.DeadLetters;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.DeadLetters;

/// <summary>A queue of one permitted receive and its dead-letter queue, in the real fauxqs.</summary>
internal sealed class DeadLetterWorld(LocalSqs emulator, DeadLetterQueue queue) : IAsyncDisposable
{
    private static readonly List<string> All = ["All"];

    /// <summary>What the code under test sees.</summary>
    public FaultySqs Sqs { get; } = new(emulator.Endpoint);

    /// <summary>Past all faults.</summary>
    public IAmazonSQS Direct { get; } = emulator.CreateClient();

    public DeadLetterQueue Queue { get; } = queue;

    public static async Task<DeadLetterWorld> CreateAsync(LocalSqs emulator, bool isFifo = true) =>
        Over(emulator, await emulator.CreateDeadLetterQueueAsync(isFifo));

    /// <param name="queue">Of the emulator.</param>
    public static DeadLetterWorld Over(LocalSqs emulator, DeadLetterQueue queue) => new(emulator, queue);

    public LocalMoveTask CreateTask(int? maxPerSecond = null) =>
        new(Queue, Sqs, new Redriver(Sqs, new Backoff(TimeProvider.System, new Random(1))), TimeProvider.System, maxPerSecond);

    /// <summary>Runs a task to its end.</summary>
    public async Task<MoveTask> RedriveAsync(int? maxPerSecond = null)
    {
        var task = CreateTask(maxPerSecond);
        await task.RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        return task.State;
    }

    /// <summary>Sends to the queue, one after the other.</summary>
    /// <returns>The ids of the messages.</returns>
    public async Task<List<string>> SendAsync(
        IEnumerable<(string Group, string Body)> messages, Dictionary<string, MessageAttributeValue>? attributes = null)
    {
        var ids = new List<string>();
        foreach (var (group, body) in messages)
        {
            var sent = await Direct.SendMessageAsync(new SendMessageRequest(Queue.SourceUrl, body)
            {
                MessageGroupId = Queue.IsFifo ? group : null,
                MessageDeduplicationId = Queue.IsFifo ? Guid.NewGuid().ToString() : null,
                MessageAttributes = attributes,
            });
            ids.Add(sent.MessageId);
        }
        return ids;
    }

    /// <summary>Sends, and lets all of it die as SQS does it: received once too often.</summary>
    public async Task<List<string>> SendDeadAsync(
        IEnumerable<(string Group, string Body)> messages, Dictionary<string, MessageAttributeValue>? attributes = null)
    {
        var ids = await SendAsync(messages, attributes);
        await DieAsync();
        return ids;
    }

    /// <summary>Whatever is in the queue dies.</summary>
    public Task DieAsync() => Eventually.BecomesTrueAsync(async () =>
    {
        await Direct.ReceiveMessageAsync(new ReceiveMessageRequest(Queue.SourceUrl) { MaxNumberOfMessages = 10, VisibilityTimeout = 0 });
        return (await QueueDepth.ReadAsync(Direct, Queue.SourceUrl, default)).Total == 0;
    }, "the messages are dead");

    public Task<QueueDepth> DeadAsync() => QueueDepth.ReadAsync(Direct, Queue.Url, default);

    /// <summary>Takes everything that can be seen, in the order in which it comes.</summary>
    public async Task<List<Message>> TakeAsync(string queueUrl)
    {
        var taken = new List<Message>();
        while (true)
        {
            var response = await Direct.ReceiveMessageAsync(new ReceiveMessageRequest(queueUrl)
            {
                MaxNumberOfMessages = 10,
                MessageSystemAttributeNames = All,
                MessageAttributeNames = All,
            });
            if (response.Messages is not { Count: > 0 } messages)
                return taken;
            foreach (var message in messages)
                await Direct.DeleteMessageAsync(queueUrl, message.ReceiptHandle);
            taken.AddRange(messages);
        }
    }

    public Task<List<Message>> TakeSourceAsync() => TakeAsync(Queue.SourceUrl);

    public Task<List<Message>> TakeDeadAsync() => TakeAsync(Queue.Url);

    public ValueTask DisposeAsync()
    {
        Sqs.Dispose();
        Direct.Dispose();
        return ValueTask.CompletedTask;
    }
}
