using System.Globalization;
using Amazon.SQS.Model;
using QuizAspire.Core.Aws;
using QuizAspire.Core.DeadLetters;
using QuizAspire.Core.Quizzes;
using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Functions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.DeadLetters;

/// <summary>The processor's own runtime loop behind the real queue: a flood that dies, a cause that is mended, a redrive.</summary>
[Collection(UsesEmulators.Name)]
public sealed class RedriveJourneyTests(Emulators emulators)
{
    private static readonly List<string> All = ["All"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_failed_result_of_a_flood_is_completed_by_a_redrive(bool chosen)
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await using var rig = await QuizProcessorRig.CreateAsync(emulators.Dynamo);
        rig.Environment["QUIZASPIRE_MAX_RECEIVE_COUNT"] = "1";
        rig.StartFunction();
        var answers = Json.Of("""{"q1": "A"}""");
        var bodies = Enumerable.Range(0, 24).Select(n => ($"s{n % 5}", (n % 3) switch
        {
            0 => new SubmissionMessage($"s{n % 5}", "quiz-1", answers, null, null, null, 1),
            1 => new SubmissionMessage($"s{n % 5}", "quiz-1", answers, null, $"own-{n}", null, 1),
            _ => new SubmissionMessage($"s{n % 5}", "quiz-1", answers, null, Guid.CreateVersion7().ToString(), null, 1),
        })).Select(pair => (pair.Item1, pair.Item2.ToJson())).ToList();

        var ids = await world.SendAsync(bodies);
        await ConsumeAsync(world, rig, ids.Count);
        Assert.Equal(ids.Count, (await world.DeadAsync()).Total);
        Assert.Equal(ids.Count, (await rig.ItemsAsync()).Count(item => item["status"].S == "failed"));

        await rig.Quizzes.SaveAsync(new QuizDraft("quiz-1", "T", [new Question("q1", "?", ["A", "B"], "A")]), default);
        if (chosen)
            Assert.Equal(ids.Count, (await new ChosenRedrive(world.Sqs, TimeProvider.System).RunAsync(world.Queue, ids, null, default)).Moved.Count);
        else
            Assert.Equal(ids.Count, (await world.RedriveAsync()).Moved);
        await ConsumeAsync(world, rig, ids.Count);

        var items = await rig.ItemsAsync();
        Assert.Equal(ids.Count, items.Count);
        Assert.All(items, item => Assert.Equal(("completed", "100"), (item["status"].S, item["score"].N)));
        Assert.Equal((0L, 0L), ((await world.DeadAsync()).Total, (await QueueDepth.ReadAsync(world.Direct, world.Queue.SourceUrl, default)).Total));
    }

    // An event source of few words: receive, invoke, delete what is not reported; what is reported dies at its next receive.
    private static async Task ConsumeAsync(DeadLetterWorld world, QuizProcessorRig rig, int count)
    {
        for (var consumed = 0; consumed < count;)
        {
            var received = (await world.Direct.ReceiveMessageAsync(new ReceiveMessageRequest(world.Queue.SourceUrl)
            {
                MaxNumberOfMessages = 10,
                MessageSystemAttributeNames = All,
                MessageAttributeNames = All,
            })).Messages;
            Assert.NotEmpty(received);
            var failures = await rig.DeliverAsync(received.Select(Of));
            foreach (var message in received)
            {
                if (failures.Contains(message.MessageId))
                    await world.Direct.ChangeMessageVisibilityAsync(world.Queue.SourceUrl, message.ReceiptHandle, 0);
                else
                    await world.Direct.DeleteMessageAsync(world.Queue.SourceUrl, message.ReceiptHandle);
            }
            consumed += received.Count;
        }
        // The last of the dead are still in the queue, with no receive left.
        await world.DieAsync();
    }

    private static Delivery Of(Message message) => new(
        message.Attributes["MessageGroupId"], message.Body, int.Parse(message.Attributes["ApproximateReceiveCount"], CultureInfo.InvariantCulture))
    {
        MessageId = message.MessageId,
        DeduplicationId = message.Attributes["MessageDeduplicationId"],
        Sent = message.SentAt(),
        StatedOrigin = message.StatedOrigin(),
    };
}
