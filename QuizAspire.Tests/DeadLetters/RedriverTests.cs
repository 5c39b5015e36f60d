using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.Core.Aws;
using QuizAspire.Core.DeadLetters;

namespace QuizAspire.Tests.DeadLetters;

public sealed class RedriverTests
{
    [Fact]
    public async Task An_sqs_that_does_not_answer_is_not_asked_to_take_back_every_batch()
    {
        using var sqs = new BrokenSqs(new HttpRequestException("injected"));

        await GiveBackAsync(sqs);

        Assert.Equal(1, sqs.Calls);
    }

    [Fact]
    public async Task An_sqs_that_throttles_is_given_back_what_it_takes()
    {
        using var sqs = new BrokenSqs(new RequestThrottledException("injected"));

        await GiveBackAsync(sqs);

        Assert.Equal(100, sqs.Calls);
    }

    private static Task GiveBackAsync(IAmazonSQS sqs) => new Redriver(sqs, new Backoff(TimeProvider.System, new Random(1)))
        .GiveBackAsync("http://127.0.0.1:1/dead", Enumerable.Range(0, ChosenRedrive.MaxReceived).Select(n => $"handle {n}"));

    private sealed class BrokenSqs(Exception failure) : AmazonSQSClient(
        new BasicAWSCredentials("local", "local"), new AmazonSQSConfig { ServiceURL = "http://127.0.0.1:1", AuthenticationRegion = "us-west-1" })
    {
        public int Calls { get; private set; }

        public override Task<ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatchAsync(
            string queueUrl, List<ChangeMessageVisibilityBatchRequestEntry> entries, CancellationToken cancellationToken = default)
        {
            Calls++;
            throw failure;
        }
    }
}
