using System.Net;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using QuizAspire.Api.Submissions;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api;

/// <summary>
/// Nothing is told 202 that the queue has not confirmed, and a client that tries again is served as if nothing had been. The
/// emulators are the class's own: it stops one.
/// </summary>
public sealed class SubmissionFaultTests(Emulators emulators) : IClassFixture<Emulators>
{
    [Fact]
    public async Task Retry_after_a_crash_between_record_and_send_sends_the_same_submission()
    {
        await using var crashing = await ApiWorld.StartAsync(
            emulators, sqs: _ => new StubSqs((_, _) => throw new AmazonSQSException("the process ends here")));
        await crashing.PutQuizAsync("geo", "q1");
        var refused = await crashing.SubmitAsync("s1", "geo", new { q1 = "a" }, "k");
        await AssertComeBackAsync(refused);
        Assert.Empty(await crashing.ReceiveOnceAsync());

        await using var next = ApiWorld.StartOn(emulators, crashing.Resources);
        var retried = await next.SubmitAsync("s1", "geo", new { q1 = "a" }, "k");
        var id = await ApiWorld.AcceptedIdAsync(Task.FromResult(retried));
        Assert.Equal("true", Assert.Single(retried.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(id, Assert.Single(await next.ReceiveAsync(1)).Attributes["MessageDeduplicationId"]);
    }

    [Fact]
    public async Task Confirmation_that_was_lost_does_not_double_the_submission()
    {
        var lost = 0;
        await using var api = await ApiWorld.StartAsync(emulators, sqs: real => new StubSqs(async (request, cancellationToken) =>
        {
            var response = await real.SendMessageBatchAsync(request, cancellationToken);
            return Interlocked.Increment(ref lost) == 1 ? throw new HttpRequestException("the answer was lost") : response;
        }));
        await api.PutQuizAsync("geo", "q1");
        await AssertComeBackAsync(await api.SubmitAsync("s1", "geo", new { q1 = "a" }));
        var id = await ApiWorld.AcceptedIdAsync(api.SubmitAsync("s1", "geo", new { q1 = "a" }));

        Assert.Equal(id, Assert.Single(await api.ReceiveAsync(1)).Attributes["MessageDeduplicationId"]);
        Assert.Empty(await api.ReceiveOnceAsync());
    }

    [Fact]
    public async Task Partial_failure_of_a_batch_is_told_to_its_own_client_only()
    {
        await using var api = await ApiWorld.StartAsync(emulators, sqs: real => new StubSqs(async (request, cancellationToken) =>
        {
            var good = request.Entries.Where(entry => !entry.MessageGroupId.StartsWith("bad", StringComparison.Ordinal)).ToList();
            var response = good.Count == 0
                ? new SendMessageBatchResponse()
                : await real.SendMessageBatchAsync(new SendMessageBatchRequest(request.QueueUrl, good), cancellationToken);
            response.Failed =
            [
                .. request.Entries.Except(good).Select(entry => new BatchResultErrorEntry
                {
                    Id = entry.Id,
                    Code = entry.MessageGroupId == "bad-content" ? "InvalidMessageContents" : "InternalError",
                    SenderFault = entry.MessageGroupId == "bad-content",
                }),
            ];
            return response;
        }));
        await api.PutQuizAsync("geo", "q1");

        string[] students = ["s1", "bad-luck", "s2", "bad-content", "s3", "s4"];
        var responses = await Task.WhenAll(students.Select(student => api.SubmitAsync(student, "geo", new { q1 = "a" })));
        Assert.Equal([202, 503, 202, 500, 202, 202], responses.Select(response => (int)response.StatusCode));
        await AssertComeBackAsync(responses[1]);
        Assert.Equal(4, (await api.ReceiveAsync(4)).Count);
        Assert.Empty(await api.ReceiveOnceAsync());
    }

    [Fact]
    public async Task Queue_that_is_down_is_a_503_and_submissions_go_on_once_it_is_back()
    {
        await using var api = await ApiWorld.StartAsync(emulators);
        await api.PutQuizAsync("geo", "q1");
        await ApiWorld.AcceptedIdAsync(api.SubmitAsync("s1", "geo", new { q1 = "before" }));
        Assert.Single(await api.ReceiveAsync(1));

        await emulators.Sqs.StopAsync();
        await AssertComeBackAsync(await api.SubmitAsync("s1", "geo", new { q1 = "during" }));

        await emulators.Sqs.StartAsync();
        await emulators.Sqs.CreateQueueAsync(api.Resources["SqsQueueUrl"].Split('/')[^1]);
        await Eventually.BecomesTrueAsync(
            async () => (await api.SubmitAsync("s1", "geo", new { q1 = "during" })).StatusCode == HttpStatusCode.Accepted,
            "the queue takes submissions again");
        Assert.Equal("during", JsonElement.Parse(Assert.Single(await api.ReceiveAsync(1)).Body).GetProperty("answers").GetProperty("q1").GetString());
    }

    [Fact]
    public async Task Full_buffer_is_a_503_at_once_and_what_was_refused_is_not_in_the_queue()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StubSqs? stub = null;
        await using var api = await ApiWorld.StartAsync(
            emulators,
            sqs: real => stub = new StubSqs(async (request, cancellationToken) =>
            {
                await gate.Task.WaitAsync(cancellationToken);
                return await real.SendMessageBatchAsync(request, cancellationToken);
            }),
            services: services => services.Configure<SenderOptions>(options => (options.MaxBatchesInFlight, options.Capacity) = (1, 5)));
        await api.PutQuizAsync("geo", "q1");
        var first = api.SubmitAsync("first", "geo", new { q1 = "a" });
        await Eventually.BecomesTrueAsync(() => Task.FromResult(stub!.Batches.Count == 1), "the first call is under way");

        var others = Enumerable.Range(0, 20).Select(i => api.SubmitAsync($"s{i}", "geo", new { q1 = "a" })).ToList();
        var refused = new List<Task<HttpResponseMessage>>();
        while (refused.Count < 15)
        {
            var answered = await Task.WhenAny(others.Except(refused)).WaitAsync(TimeSpan.FromSeconds(20));
            await AssertComeBackAsync(await answered);
            refused.Add(answered);
        }

        gate.SetResult();
        Assert.Equal(HttpStatusCode.Accepted, (await first).StatusCode);
        foreach (var taken in others.Except(refused))
            Assert.Equal(HttpStatusCode.Accepted, (await taken).StatusCode);
        await api.ReceiveAsync(6);
        Assert.Empty(await api.ReceiveOnceAsync());
    }

    [Fact]
    public async Task Shutdown_answers_what_was_taken()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StubSqs? stub = null;
        await using var api = await ApiWorld.StartAsync(
            emulators,
            sqs: real => stub = new StubSqs(async (request, cancellationToken) =>
            {
                await gate.Task.WaitAsync(cancellationToken);
                return await real.SendMessageBatchAsync(request, cancellationToken);
            }),
            onKestrel: true);
        await api.PutQuizAsync("geo", "q1");
        var taken = Enumerable.Range(0, 5).Select(i => api.SubmitAsync($"s{i}", "geo", new { q1 = "a" })).ToList();
        await Eventually.BecomesTrueAsync(() => Task.FromResult(stub!.Batches.Sum(batch => batch.Entries.Count) == 5), "all five are under way");

        var stop = api.Services.GetRequiredService<IHost>().StopAsync();
        gate.SetResult();
        foreach (var response in taken)
            Assert.Equal(HttpStatusCode.Accepted, (await response).StatusCode);
        await stop.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(5, (await api.ReceiveAsync(5)).Count);
    }

    [Fact]
    public async Task Tables_that_cannot_be_reached_are_a_503()
    {
        // Nothing listens on port 1.
        await using var api = await ApiWorld.StartAsync(
            emulators, services: services => services.Replace(ServiceDescriptor.Singleton(LocalDynamo.ClientOf("http://127.0.0.1:1"))));
        await AssertComeBackAsync(await api.SubmitAsync("s1", "geo", new { q1 = "a" }));
        await AssertComeBackAsync(await api.Http.GetAsync(new Uri("/quizzes", UriKind.Relative)));
        await AssertComeBackAsync(await api.Http.GetAsync(new Uri("/students/s1/results", UriKind.Relative)));
        Assert.Empty(await api.ReceiveOnceAsync());
    }

    private static async Task AssertComeBackAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
    }
}
