using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using QuizAspire.AppHost.Monitoring.Commands;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Monitoring;

/// <summary>What the dashboard's commands make of the answers that they get.</summary>
public sealed class CommandCallTests : IDisposable
{
    private readonly Answers _answers = new();
    private readonly HttpMessageInvoker _http;
    private readonly JsonCalls _calls;

    public CommandCallTests()
    {
        _http = new HttpMessageInvoker(_answers);
        _calls = new JsonCalls(_http, "The API", () => "http://127.0.0.1:1");
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Failure_says_the_title_and_the_detail_of_the_problem()
    {
        _answers.Next = (
            HttpStatusCode.UnprocessableEntity, """{"title":"Unprocessable Entity","status":422,"detail":"confirm must name the queue."}""");

        var failure = await Assert.ThrowsAsync<CommandException>(() => _calls.SendAsync(HttpMethod.Post, "/x", null, CancellationToken.None));

        Assert.Equal("Unprocessable Entity: confirm must name the queue.", failure.Message);
    }

    [Fact]
    public async Task Failure_without_a_problem_says_the_status()
    {
        _answers.Next = (HttpStatusCode.BadGateway, "<html>");

        var failure = await Assert.ThrowsAsync<CommandException>(() => _calls.SendAsync(HttpMethod.Get, "/x", null, CancellationToken.None));

        Assert.Equal("The API answered 502 Bad Gateway.", failure.Message);
    }

    [Fact]
    public async Task Process_that_does_not_answer_is_named()
    {
        _answers.Next = (null, "Connection refused");

        var failure = await Assert.ThrowsAsync<CommandException>(() => _calls.SendAsync(HttpMethod.Get, "/x", null, CancellationToken.None));

        Assert.StartsWith("The API does not answer", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_check_shows_what_it_found()
    {
        _answers.Next = (
            HttpStatusCode.OK, """{"statusCode":200,"body":"{\"message\":\"done\",\"issues\":[\"12 in the DLQ\"],\"alerts_sent\":1}"}""");

        var result = await HealthCheckCommand.RunAsync(_calls, CancellationToken.None);

        Assert.True(result.Success);
        Assert.Equal("Alert sent: 12 in the DLQ.", result.Message);
        Assert.Equal("done", (string?)JsonNode.Parse(result.Data!.Value)!["message"]);
        Assert.Equal("/2015-03-31/functions/quiz-queue-health-check/invocations", _answers.Paths.Single());
    }

    [Fact]
    public async Task Health_check_that_fails_says_its_error()
    {
        _answers.Next = (HttpStatusCode.OK, """{"errorType":"QueueDoesNotExistException","errorMessage":"The queue does not exist."}""");
        _answers.FunctionError = "Unhandled";

        var failure = await Assert.ThrowsAsync<CommandException>(() => HealthCheckCommand.RunAsync(_calls, CancellationToken.None));

        Assert.Equal("The queue does not exist.", failure.Message);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.BadGateway)]
    public async Task Health_check_whose_answer_is_no_JSON_has_found_nothing_and_says_so(HttpStatusCode status)
    {
        _answers.Next = (status, "<html>");

        await Assert.ThrowsAsync<CommandException>(() => HealthCheckCommand.RunAsync(_calls, CancellationToken.None));
    }

    [Fact]
    public async Task Samples_are_of_several_students_who_answer_every_question_and_some_wrongly()
    {
        var quiz = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "samples", "capitals.json")))!["questions"]!.AsArray();
        var key = quiz.ToDictionary(question => (string)question!["question_id"]!, question => (string)question!["correct_answer"]!);

        var submissions = Enumerable.Range(0, 8).Select(number => SampleSubmissions.Submission($"student-{number}", number, quiz)).ToArray();

        Assert.All(submissions, submission => Assert.Equal(key.Keys.Order(), submission["answers"]!.AsObject().Select(answer => answer.Key).Order()));
        var choices = quiz.ToDictionary(
            question => (string)question!["question_id"]!, question => question!["choices"]!.AsArray().Select(choice => (string)choice!));
        Assert.All(submissions, submission => Assert.All(
            submission["answers"]!.AsObject(), answer => Assert.Contains((string)answer.Value!, choices[answer.Key])));
        var right = submissions.SelectMany(submission => submission["answers"]!.AsObject()).Count(answer => key[answer.Key] == (string)answer.Value!);
        Assert.InRange(right, submissions.Length, submissions.Length * key.Count - submissions.Length);
    }

    [Fact]
    public async Task Dead_letters_are_a_table_that_no_id_can_break()
    {
        _answers.Next = (HttpStatusCode.OK, """
            {"queues":[{"queue":"q-dlq","source_queue":"q","depth":{"visible":2,"in_flight":1,"delayed":0},"messages":[
              {"message_id":"m1","sent_at":"2026-11-21T12:00:00Z","receive_count":3,"student_id":"a | b\n`# x","quiz_id":"capitals","reason":"no such quiz"},
              {"message_id":"m2","sent_at":"2026-11-21T12:00:01Z","receive_count":4}]}]}
            """);

        var result = await new DeadLetterCommands(_calls, "q-dlq").ShowAsync(CancellationToken.None);

        Assert.Equal("2 of 3 messages", result.Message);
        var rows = result.Data!.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, rows.Length);
        Assert.Equal("| `m1` | `2026-11-21T12:00:00Z` | `3` | `a / b '# x` | `capitals` | `no such quiz` |", rows[2]);
        Assert.All(rows, row => Assert.Equal(7, row.Count(character => character == '|')));
    }

    [Fact]
    public async Task Purge_names_the_queue_as_its_confirmation()
    {
        _answers.Next = (HttpStatusCode.Accepted, """{"queue":"q-dlq","messages":12}""");

        var result = await new DeadLetterCommands(_calls, "q-dlq").PurgeAsync(CancellationToken.None);

        Assert.Equal("12 dead letters deleted.", result.Message);
        Assert.Equal("""{"queue":"q-dlq","confirm":"q-dlq"}""", _answers.Bodies.Single());
    }

    private sealed class Answers : HttpMessageHandler
    {
        public (HttpStatusCode? Status, string Body) Next { get; set; }

        public string? FunctionError { get; set; }

        public List<string> Paths { get; } = [];

        public List<string> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Paths.Add(request.RequestUri!.AbsolutePath);
            if (request.Content is not null)
                Bodies.Add(await request.Content.ReadAsStringAsync(cancellationToken));
            if (Next.Status is not { } status)
                throw new HttpRequestException(Next.Body);
            var answer = new HttpResponseMessage(status) { Content = new StringContent(Next.Body) };
            if (FunctionError is not null)
                answer.Headers.Add("X-Amz-Function-Error", FunctionError);
            return answer;
        }
    }
}
