using System.Diagnostics;
using QuizAspire.Api.Submissions;
using QuizAspire.Core.Telemetry;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api;

public sealed class OutgoingSubmissionTests : IDisposable
{
    private const int TraceParentBytes = 11 + 6 + 55; // name, type, value

    private static readonly ActivitySource Requests = new("QuizAspire.Tests.Requests");

    private readonly RecordedSpans _spans = RecordedSpans.OfOwnTraces();

    public void Dispose() => _spans.Dispose();

    [Theory]
    [InlineData(0, false)]
    [InlineData(TraceParentBytes - 1, false)]
    [InlineData(TraceParentBytes, true)]
    public void Context_counts_in_the_size_of_a_message_and_goes_with_it_where_there_is_room(int room, bool fits)
    {
        using var request = Requests.StartActivity("request", ActivityKind.Server, _spans.NewClient());
        var message = new OutgoingSubmission("s", "m", new string('x', SendQueue.MaxBatchBytes - room));

        message.BeginSpan("quiz-submissions.fifo");

        var entry = message.ToEntry("0");
        Assert.Equal(fits, entry.MessageAttributes?.ContainsKey(TraceCarrier.TraceParent) == true);
        Assert.Contains(TraceCarrier.AwsTraceHeader, entry.MessageSystemAttributes.Keys);
        Assert.Equal(SendQueue.MaxBatchBytes - room + (fits ? TraceParentBytes : 0), message.Size);
        message.Complete(SendOutcome.Confirmed);
        Assert.Same(request, Activity.Current);
    }

    [Fact]
    public async Task First_outcome_counts_and_ends_the_span_before_it_is_told()
    {
        using var request = Requests.StartActivity("request", ActivityKind.Server, _spans.NewClient())!;
        var message = new OutgoingSubmission("s", "m", "body");
        message.BeginSpan("quiz-submissions.fifo");
        var ended = message.Outcome.ContinueWith(
            _ => _spans.Of(request.TraceId).Count, default, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        message.Complete(SendOutcome.Unavailable, errorType: "RequestThrottled");
        message.Complete(SendOutcome.Confirmed);

        Assert.Equal((SendOutcome.Unavailable, 1), (await message.Outcome, await ended));
        var span = Assert.Single(_spans.Of(request.TraceId));
        Assert.Equal((ActivityStatusCode.Error, "RequestThrottled"), (span.Status, span.GetTagItem("error.type")));
    }
}
