using System.Collections.Concurrent;
using QuizAspire.Load.Api;

namespace QuizAspire.Load;

/// <summary>Puts the quizzes, posts the submissions, waits for the results, and reads what has been stored.</summary>
internal sealed class LoadRun(LoadOptions options, IReadOnlyList<LoadQuiz> quizzes, string run, TimeProvider time)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(2);

    private readonly Attempts _attempts = new();
    private readonly ConcurrentDictionary<int, Accepted> _accepted = new();
    private readonly ConcurrentDictionary<int, ResultBody> _results = new();
    private readonly ConcurrentDictionary<int, TimeSpan> _untilSeen = new();

    public async Task<LoadReport> ExecuteAsync()
    {
        // One pool posts and one reads, so that the wait for results takes no connection from the load.
        using var posting = CreateHttpClient();
        using var reading = CreateHttpClient();
        var post = new QuizApi(new PersistentClient(posting, time, _attempts), options.Api);
        var read = new QuizApi(new PersistentClient(reading, time, _attempts), options.Api);
        using var deadline = new CancellationTokenSource(options.Deadline, time);

        foreach (var quiz in quizzes)
            await post.PutQuizAsync(quiz, deadline.Token);

        var started = time.GetTimestamp();
        var posted = TimeSpan.Zero;
        try
        {
            using var gate = new SemaphoreSlim(options.Connections);
            var waiting = new ConcurrentBag<Task>();
            await Parallel.ForAsync(0, options.Submissions, InParallel(deadline.Token), async (number, cancellationToken) =>
            {
                await PostAsync(post, number, cancellationToken);
                // Not the loop's own token, which nobody cancels any more once the loop has ended.
                waiting.Add(WaitForResultAsync(read, number, gate, deadline.Token));
            });
            posted = time.GetElapsedTime(started);
            await Task.WhenAll(waiting);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // What is missing by now is for the oracle to say.
        }

        var elapsed = time.GetElapsedTime(started);
        return new LoadReport(
            posted == TimeSpan.Zero ? elapsed : posted, elapsed, _attempts,
            [.. _accepted.Values], [.. _results.Values], [.. _untilSeen.Values], await ReadOutcomesAsync(read));
    }

    private async Task PostAsync(QuizApi api, int number, CancellationToken cancellationToken)
    {
        var (submissionId, latency) = await api.PostAsync(Make(number), cancellationToken);
        _accepted[number] = new Accepted(submissionId, latency, time.GetTimestamp());
    }

    private async Task WaitForResultAsync(QuizApi api, int number, SemaphoreSlim gate, CancellationToken cancellationToken)
    {
        var (submissionId, _, acceptedAt) = _accepted[number];
        for (var wait = FirstPoll; ; wait = wait * 1.5 < LongestPoll ? wait * 1.5 : LongestPoll)
        {
            await Task.Delay(wait, time, cancellationToken);
            await gate.WaitAsync(cancellationToken);
            try
            {
                if (await api.FindResultAsync(Make(number).StudentId, submissionId, cancellationToken) is { } result)
                {
                    _untilSeen[number] = time.GetElapsedTime(acceptedAt);
                    _results[number] = result;
                    return;
                }
            }
            finally
            {
                gate.Release();
            }
        }
    }

    private async Task<IReadOnlyList<Outcome>> ReadOutcomesAsync(QuizApi api)
    {
        using var deadline = new CancellationTokenSource(options.Deadline, time);
        var outcomes = new Outcome[options.Submissions];
        await Parallel.ForAsync(0, options.Submissions, InParallel(deadline.Token), async (number, cancellationToken) =>
        {
            var submission = Make(number);
            var stored = await api.ListResultsAsync(submission.StudentId, cancellationToken);
            outcomes[number] = new Outcome(submission, _accepted.GetValueOrDefault(number)?.SubmissionId, stored);
        });
        return outcomes;
    }

    private LoadSubmission Make(int number) => LoadSubmission.Make(quizzes, run, options.Seed, number);

    private ParallelOptions InParallel(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = options.Connections, CancellationToken = cancellationToken };

    private HttpClient CreateHttpClient() =>
        new(new SocketsHttpHandler { MaxConnectionsPerServer = options.Connections }) { Timeout = TimeSpan.FromSeconds(30) };
}

/// <param name="At">Timestamp of the <see cref="TimeProvider"/> at which the answer was there.</param>
internal sealed record Accepted(string SubmissionId, TimeSpan Latency, long At);
