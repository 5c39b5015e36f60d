using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace QuizAspire.Load.Api;

/// <summary>The calls of QuizAspire.Api that a load run makes.</summary>
internal sealed class QuizApi(PersistentClient client, Uri address)
{
    public async Task PutQuizAsync(LoadQuiz quiz, CancellationToken cancellationToken)
    {
        var questions = quiz.Questions.Select(q => new QuestionBody(q.Id, q.Trivia.Text, q.Trivia.Choices, q.Trivia.CorrectAnswer));
        var body = new QuizBody(quiz.Title, [.. questions]);
        var (response, _) = await client.SendAsync(
            () => Request(HttpMethod.Put, $"/quizzes/{quiz.Id}", body, Bodies.Default.QuizBody), cancellationToken);
        using (response)
            await RequireAsync(response, cancellationToken, HttpStatusCode.OK, HttpStatusCode.Created);
    }

    /// <returns>The submission's id, and the latency of the attempt that was answered.</returns>
    public async Task<(string SubmissionId, TimeSpan Latency)> PostAsync(LoadSubmission submission, CancellationToken cancellationToken)
    {
        var body = new SubmissionBody(submission.StudentId, submission.Quiz.Id, submission.Answers);
        var (response, latency) = await client.SendAsync(() =>
        {
            var request = Request(HttpMethod.Post, "/submissions", body, Bodies.Default.SubmissionBody);
            request.Headers.Add("Idempotency-Key", submission.IdempotencyKey);
            return request;
        }, cancellationToken);
        using (response)
        {
            await RequireAsync(response, cancellationToken, HttpStatusCode.Accepted);
            return ((await response.Content.ReadFromJsonAsync(Bodies.Default.AcceptedBody, cancellationToken))!.SubmissionId, latency);
        }
    }

    /// <returns>The result, or null while the submission is on its way.</returns>
    public async Task<ResultBody?> FindResultAsync(string studentId, string submissionId, CancellationToken cancellationToken)
    {
        using var response = await GetAsync($"/students/{studentId}/submissions/{submissionId}", cancellationToken);
        await RequireAsync(response, cancellationToken, HttpStatusCode.OK, HttpStatusCode.Accepted);
        return response.StatusCode == HttpStatusCode.OK
            ? await response.Content.ReadFromJsonAsync(Bodies.Default.ResultBody, cancellationToken)
            : null;
    }

    public async Task<IReadOnlyList<ResultBody>> ListResultsAsync(string studentId, CancellationToken cancellationToken)
    {
        var results = new List<ResultBody>();
        for (var next = $"/students/{studentId}/results"; next is not null;)
        {
            using var response = await GetAsync(next, cancellationToken);
            await RequireAsync(response, cancellationToken, HttpStatusCode.OK);
            var page = (await response.Content.ReadFromJsonAsync(Bodies.Default.ResultsBody, cancellationToken))!;
            results.AddRange(page.Results);
            next = page.Next;
        }

        return results;
    }

    private async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken) =>
        (await client.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(address, path)), cancellationToken)).Response;

    private HttpRequestMessage Request<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type) => new(method, new Uri(address, path))
    {
        Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        },
    };

    private static async Task RequireAsync(HttpResponseMessage response, CancellationToken cancellationToken, params HttpStatusCode[] expected)
    {
        if (!expected.Contains(response.StatusCode))
            throw new RefusedException(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }
}
