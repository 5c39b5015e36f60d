using Amazon.SQS.Model;
using QuizAspire.Api.Submissions;

namespace QuizAspire.Tests.Api;

public sealed class SendBatchTests
{
    [Fact]
    public void Each_entry_has_its_own_outcome()
    {
        var response = new SendMessageBatchResponse
        {
            Successful = [new() { Id = "0" }, new() { Id = "3" }],
            Failed =
            [
                new() { Id = "1", Code = "InternalError", SenderFault = false },
                new() { Id = "2", Code = "InvalidMessageContents", SenderFault = true },
                new() { Id = "4", Code = "RequestThrottled", SenderFault = true },
            ],
        };
        Assert.Equal(
            [SendOutcome.Confirmed, SendOutcome.Unavailable, SendOutcome.Refused, SendOutcome.Confirmed, SendOutcome.Unavailable],
            SendBatch.Outcomes(5, response).Select(answer => answer.Outcome));
    }

    [Fact]
    public void Entry_that_the_answer_does_not_mention_is_not_confirmed() =>
        Assert.Equal(
            [new(SendOutcome.Confirmed, "m"), new(SendOutcome.Unavailable)],
            SendBatch.Outcomes(2, new() { Successful = [new() { Id = "0", MessageId = "m" }] }));

    [Fact]
    public void Id_that_was_never_sent_confirms_nothing() =>
        Assert.Equal([new(SendOutcome.Unavailable)], SendBatch.Outcomes(1, new() { Successful = [new() { Id = "7" }, new() { Id = "x" }] }));
}
