using System.Globalization;
using System.Text.Json;
using Amazon.SQS.Model;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api;

/// <summary>The API's executable behind API Gateway's events.</summary>
[Collection(UsesEmulators.Name)]
public sealed class ApiFunctionTests(Emulators emulators) : IAsyncLifetime
{
    private const string Quiz = """
        { "title": "Capitals", "questions": [ { "question_id": "q1", "text": "Of France?", "choices": ["Rome", "Paris"], "correct_answer": "Paris" } ] }
        """;

    private ApiFunction _api = null!;

    public async Task InitializeAsync() => _api = await ApiFunction.CreateAsync(emulators);

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task A_quiz_is_stored_answered_and_looked_up_through_the_gateway()
    {
        _api.StartSandbox();

        var stored = await _api.ServeAsync(PutQuiz());
        var accepted = await _api.ServeAsync(Submit("s-1", "Paris"));
        var location = accepted["Location"]!;
        var pending = await _api.ServeAsync(new GatewayEvent("GET", location));
        var known = await _api.ServeAsync(new GatewayEvent("GET", "/quizzes/capitals").WithHeader("if-none-match", "\"7\", \"1\""));

        Assert.Equal((201, "/quizzes/capitals"), (stored.StatusCode, stored["Location"]));
        Assert.Equal(202, accepted.StatusCode);
        Assert.Equal($"/students/s-1/submissions/{accepted.BodyJson.GetProperty("submission_id").GetString()}", location);
        Assert.Equal((202, location, "1"), (pending.StatusCode, pending["Location"], pending["Retry-After"]));
        Assert.Equal((304, "", "\"1\""), (known.StatusCode, known.Body, known["ETag"]));
    }

    [Fact]
    public async Task What_is_accepted_is_in_the_queue_before_the_answer_leaves_the_sandbox()
    {
        var sandbox = _api.StartSandbox();
        await _api.ServeAsync(PutQuiz());

        var accepted = await _api.ServeAsync(Submit("s-1", "Paris"));
        await sandbox.KillAsync();

        using var sqs = emulators.Sqs.CreateClient();
        var received = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(_api.Resources["SqsQueueUrl"])
        {
            WaitTimeSeconds = 5,
            MessageAttributeNames = ["All"],
        });
        var message = Assert.Single(received.Messages);
        Assert.Equal(
            accepted.BodyJson.GetProperty("submission_id").GetString(), Json.Of(message.Body).GetProperty("submission_id").GetString());
        // Where nobody traces, whoever reads the message decides whether to.
        Assert.Empty(message.MessageAttributes ?? []);
    }

    [Theory]
    [InlineData("GET", "/nowhere", null, 404, "path")]
    [InlineData("DELETE", "/quizzes/capitals", null, 405, "method")]
    [InlineData("GET", "/quizzes/unknown", null, 404, "quiz_id")]
    [InlineData("POST", "/submissions", """{"student_id":"s-1"}""", 400, "quiz_id")]
    [InlineData("POST", "/submissions", """{"student_id":""", 400, "student_id")]
    public async Task A_refusal_is_problem_details(string method, string target, string? body, int status, string field)
    {
        _api.StartSandbox();
        var request = new GatewayEvent(method, target);

        var refused = await _api.ServeAsync(body is null ? request : request.WithText(body));

        Assert.Equal((status, "application/problem+json"), (refused.StatusCode, refused["Content-Type"]));
        Assert.Contains(field, refused.BodyJson.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_as_such_although_the_server_has_no_limit()
    {
        _api.StartSandbox();
        var refused = await _api.ServeAsync(new GatewayEvent("POST", "/submissions").WithText(new string(' ', 3_000_000)));
        Assert.Equal(413, refused.StatusCode);
    }

    [Fact]
    public async Task The_log_is_lines_of_json_that_say_what_failed_and_nothing_that_a_student_wrote()
    {
        _api.Environment["Logging__LogLevel__Default"] = "Debug";
        var sandbox = _api.StartSandbox();
        await _api.ServeAsync(PutQuiz());
        await _api.ServeAsync(Submit("s-1", "Xyzzy"));
        await emulators.Sqs.StopAsync();
        try
        {
            Assert.Equal(503, (await _api.ServeAsync(Submit("s-2", "Xyzzy"))).StatusCode);
        }
        finally
        {
            await emulators.Sqs.StartAsync();
        }

        // Lambda's logger has its format from the first request on.
        var lines = sandbox.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(line => !line.StartsWith('{')).Select(Json.Of).ToList();
        Assert.Contains(lines, line => line.GetProperty("message").GetString()!.Contains("SendMessageBatch failed", StringComparison.Ordinal)
            && line.GetProperty("level").GetString() == "Warning" && line.TryGetProperty("requestId", out _));
        Assert.DoesNotContain("Xyzzy", sandbox.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("France", sandbox.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Paris", sandbox.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_at_the_same_time_are_shared_among_sandboxes_and_none_is_lost()
    {
        for (var sandbox = 0; sandbox < 3; sandbox++)
            _api.StartSandbox();
        await _api.ServeAsync(PutQuiz());

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => _api.ServeAsync(Submit($"s-{n % 20}", $"answer {n}"))));

        Assert.All(answers, answer => Assert.Equal(202, answer.StatusCode));
        Assert.Equal(60, answers.Select(answer => answer.BodyJson.GetProperty("submission_id").GetString()).Distinct().Count());
        Assert.Equal(60, await MessagesAsync());
    }

    [LinuxFact]
    public async Task A_sandbox_that_was_frozen_between_two_requests_goes_on_as_if_nothing_had_been()
    {
        var sandbox = _api.StartSandbox();
        await _api.ServeAsync(PutQuiz());
        await _api.ServeAsync(Submit("s-1", "Paris"));

        for (var round = 0; round < 3; round++)
        {
            await sandbox.FreezeAsync();
            var waiting = _api.Invoke(Submit("s-1", $"again {round}"));
            await sandbox.ThawAsync();
            var answer = await waiting.Answer;
            Assert.Equal((false, 202), (answer.IsError, new GatewayAnswer(answer.Json).StatusCode));
        }
    }

    [LinuxFact]
    public async Task A_sandbox_whose_connections_were_closed_while_it_was_frozen_makes_new_ones()
    {
        var sandbox = _api.StartSandbox();
        await _api.ServeAsync(PutQuiz());
        await _api.ServeAsync(Submit("s-1", "Paris"));

        await sandbox.FreezeAsync();
        await emulators.Sqs.StopAsync();
        await emulators.Sqs.StartAsync();
        await emulators.Sqs.CreateQueueAsync(_api.Resources["SqsQueueUrl"].Split('/')[^1]);
        await sandbox.ThawAsync();

        Assert.Equal(202, (await _api.ServeAsync(Submit("s-1", "Rome"))).StatusCode);
    }

    [Fact]
    public async Task A_request_that_runs_out_of_time_is_told_to_come_back_before_lambda_ends_it()
    {
        await using var slow = await AwsProxy.StartAsync(emulators.Dynamo.Endpoint);
        _api.Environment["AWS_ENDPOINT_URL_DYNAMODB"] = slow.Endpoint;
        _api.StartSandbox();
        Assert.Equal(200, (await _api.ServeAsync(new GatewayEvent("GET", "/alive"))).StatusCode);

        slow.Intercept = call => call.HangAsync();
        var refused = await _api.ServeAsync(new GatewayEvent("GET", "/quizzes/capitals"), timeout: TimeSpan.FromSeconds(2));

        Assert.Equal((503, "2"), (refused.StatusCode, refused["Retry-After"]));
    }

    [Fact]
    public async Task Stores_that_do_not_answer_at_the_start_cost_readiness_and_nothing_else()
    {
        _api.Environment["AWS_ENDPOINT_URL_DYNAMODB"] = "http://127.0.0.1:1";
        _api.StartSandbox();

        var ready = await _api.ServeAsync(new GatewayEvent("GET", "/health"));
        var alive = await _api.ServeAsync(new GatewayEvent("GET", "/alive"));

        Assert.Equal((503, "Unhealthy"), (ready.StatusCode, ready.BodyJson.GetProperty("checks").GetProperty("quizzes").GetString()));
        Assert.Equal(200, alive.StatusCode);
    }

    [Fact]
    public async Task Spans_are_made_of_requests_that_came_from_no_server()
    {
        // An endpoint that takes nothing: what counts is that the exporter is there, and the spans are recorded.
        _api.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1";
        _api.StartSandbox();

        Assert.Equal(201, (await _api.ServeAsync(PutQuiz())).StatusCode);
    }

    [Theory]
    [InlineData("SqsQueueUrl")]
    [InlineData("SubmissionsTableName")]
    [InlineData("StatisticsJobsTableName")]
    public async Task A_missing_name_ends_the_process_during_initialization(string resource)
    {
        _api.Environment.Remove($"AWS__Resources__{resource}");
        var sandbox = _api.StartSandbox();

        Assert.Equal(1, await sandbox.ExitCodeAsync());
        Assert.Contains(resource, sandbox.Output, StringComparison.Ordinal);
    }

    private static GatewayEvent PutQuiz() => new GatewayEvent("PUT", "/quizzes/capitals").WithText(Quiz);

    private static GatewayEvent Submit(string studentId, string answer) => new GatewayEvent("POST", "/submissions")
        .WithText(JsonSerializer.Serialize(new { student_id = studentId, quiz_id = "capitals", answers = new { q1 = answer } }));

    private async Task<int> MessagesAsync()
    {
        using var sqs = emulators.Sqs.CreateClient();
        var attributes = await sqs.GetQueueAttributesAsync(_api.Resources["SqsQueueUrl"], ["ApproximateNumberOfMessages"]);
        return int.Parse(attributes.Attributes["ApproximateNumberOfMessages"], CultureInfo.InvariantCulture);
    }
}
