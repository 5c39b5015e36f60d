using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using QuizAspire.Api.Quizzes;
using QuizAspire.Core.Quizzes;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api;

public sealed class QuizOutlinesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_read_that_came_to_nothing_after_its_requester_had_gone_is_not_kept(bool fails)
    {
        var first = new TaskCompletionSource<GetItemResponse>();
        using var dynamo = new ReadsOf(first.Task, Task.FromResult(Quiz()));
        var outlines = new QuizOutlines(new QuizStore(dynamo, "quizzes", TimeProvider.System), ManualTime.AtNoon());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => outlines.FindAsync("geo", since: null, new CancellationToken(canceled: true)).AsTask());
        Assert.Equal(1, outlines.Reading);

        Assert.True(fails ? first.TrySetException(new AmazonDynamoDBException("down")) : first.TrySetResult(new GetItemResponse()));
        await Eventually.BecomesTrueAsync(() => Task.FromResult(outlines.Reading == 0), "the read has ended");

        Assert.Equal(["q1"], (await outlines.FindAsync("geo", since: null, default))!.QuestionIds);
    }

    private static GetItemResponse Quiz() => new()
    {
        Item = QuizItem.From(
            new Quiz("geo", 1, "Geography", [], DateTimeOffset.UnixEpoch), QuizItem.Head,
            QuizItem.QuestionsJson([new Question("q1", "?", ["A", "B"], "A")])),
    };

    /// <summary>A database whose reads are answered as given, one after the other.</summary>
    private sealed class ReadsOf(params IEnumerable<Task<GetItemResponse>> answers)
        : AmazonDynamoDBClient(new AnonymousAWSCredentials(), RegionEndpoint.USWest1)
    {
        private readonly Queue<Task<GetItemResponse>> _answers = new(answers);

        public override Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) =>
            _answers.Dequeue();
    }
}
