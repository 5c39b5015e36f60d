using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Aws;
using QuizAspire.Core.DeadLetters;
using QuizAspire.Core.Results;
using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Functions;

/// <summary>Through any chain of lives, in which each redrive is of any kind, a message leaves its results under one key.</summary>
[Collection(UsesDynamo.Name)]
public sealed class OriginPropertyTests(LocalDynamo dynamo)
{
    private static readonly Gen<string> Body = Gen.OneOf(
        JsonGen.Object.Select(answers => $$"""{"student_id":"s1","quiz_id":"q","answers":{{answers}}}"""),
        JsonGen.Object.Select(answers => $$"""{"student_id":"s1","quiz_id":"q","answers":{{answers}},"submission_id":"own"}"""),
        JsonGen.Object.Select(answers => $$"""{"student_id":"s1","quiz_id":"q","answers":{{answers}},"submitted_at":"2026-11-21T12:00:00Z"}"""),
        JsonGen.Value.Select(value => value + " {"));

    [Fact]
    public async Task The_key_of_a_result_outlives_every_redrive()
    {
        var table = await dynamo.CreateSubmissionsTableAsync();
        var origins = new MessageOriginStore(dynamo.Client, table, TimeProvider.System, new Backoff(TimeProvider.System, new Random(1)));
        var chains = Gen.Elements(Redrives.Kinds).NonEmptyListOf().Select(kinds => kinds.Take(6).ToList());

        Prop.ForAll(Body.ToArbitrary(), chains.ToArbitrary(), (body, kinds) =>
        {
            var life = new Delivery("s1", body) { DeduplicationId = "sent-once" };
            var key = Live(origins, life);
            var other = Live(origins, new Delivery("s1", body) { DeduplicationId = "sent-once", Sent = Delivery.SentAt.AddMinutes(6) });
            foreach (var kind in kinds)
            {
                life = life.Redriven(kind);
                Assert.Equal(key, Live(origins, life));
            }
            // Another sending of the same body is another submission, unless it says itself when it was made.
            Assert.Equal(body.Contains("submitted_at", StringComparison.Ordinal), key == other);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    // As the function does on the last receive: look up, remember, record.
    private static string Live(MessageOriginStore origins, Delivery delivery)
    {
        var life = new MessageLife(delivery.Group, delivery.Body, delivery.MessageId, delivery.DeduplicationId, delivery.Sent, delivery.StatedOrigin);
        var read = ReadSubmission.Of(life);
        if (!read.NeedsOrigin)
            return DeadSubmission.Of(read, life.Apparent).ResultKey;
        var origin = Assert.Single(origins.FindAsync([life], default).GetAwaiter().GetResult());
        origins.SaveAsync([(life, origin)], default).GetAwaiter().GetResult();
        return DeadSubmission.Of(read, origin).ResultKey;
    }
}
