using System.Text.Json;
using QuizAspire.Tests.Api.Support;

namespace QuizAspire.Tests.Api;

[Collection(UsesEmulators.Name)]
public sealed class OpenApiTests(Emulators emulators) : IAsyncLifetime
{
    private ApiWorld _api = null!;
    private JsonElement _document;

    public async Task InitializeAsync()
    {
        _api = await ApiWorld.StartAsync(emulators);
        _document = await _api.GetAsync("/openapi/v1.json");
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public void Every_route_is_in_the_document_with_its_answers()
    {
        var operations = _document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()
                .Select(operation => $"{operation.Name} {path.Name}: {string.Join(' ', Statuses(operation.Value))}"));
        Assert.Equal(
            [
                "delete /statistics/uploads/{upload_id}: 204 400 404 503",
                "get /operations/dead-letters/redrive: 200 400 404 503",
                "get /operations/dead-letters: 200 400 404 503",
                "get /quizzes/{quiz_id}: 200 304 400 404 503",
                "get /quizzes: 200 400 503",
                "get /statistics/{statistics_id}: 200 400 404 503",
                "get /statistics: 200 400 503",
                "get /students/{student_id}/results: 200 400 503",
                "get /students/{student_id}/submissions/{submission_id}: 200 202 400 404 503",
                "post /operations/dead-letters/purge: 202 400 404 409 413 415 422 503",
                "post /operations/dead-letters/redrive/cancel: 202 400 404 409 413 415 503",
                "post /operations/dead-letters/redrive: 200 202 400 404 409 413 415 422 501 503",
                "post /quizzes/{quiz_id}/statistics: 202 400 404 413 422 503",
                "post /statistics/uploads/{upload_id}/complete: 202 400 404 413 415 422 503",
                "post /statistics/uploads: 201 400 413 415 422 503",
                "post /statistics: 202 400 413 415 422 503",
                "post /submissions: 202 400 404 413 415 422 503",
                "put /quizzes/{quiz_id}: 200 201 400 413 415 422 503",
            ],
            operations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Errors_are_problem_details_and_operations_are_described()
    {
        var operations = _document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()).Select(o => o.Value).ToList();
        Assert.Equal(18, operations.Count);
        foreach (var operation in operations)
        {
            Assert.NotEqual("", operation.GetProperty("description").GetString());
            foreach (var error in operation.GetProperty("responses").EnumerateObject().Where(response => response.Name[0] is '4' or '5'))
                Assert.True(error.Value.GetProperty("content").TryGetProperty("application/problem+json", out _), error.Name);
        }
    }

    [Fact]
    public void Schemas_of_answers_never_mention_the_answer_key()
    {
        var reached = new HashSet<string>();
        foreach (var path in _document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
                Reach(operation.Value.GetProperty("responses"), reached);
        }
        Assert.Contains("QuestionView", reached);
        Assert.DoesNotContain("QuestionRequest", reached);
        foreach (var name in reached)
            Assert.DoesNotContain("correct", Schema(name).GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("correct_answer", Schema("QuestionRequest").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_in_snake_case_and_numbers_are_numbers()
    {
        var properties = _document.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Where(schema => schema.Value.TryGetProperty("properties", out _))
            .SelectMany(schema => schema.Value.GetProperty("properties").EnumerateObject())
            .ToList();
        Assert.NotEmpty(properties);
        Assert.All(properties, property => Assert.Matches("^[a-z]+(_[a-z]+)*$", property.Name));
        Assert.Equal("integer", Schema("QuizView").GetProperty("properties").GetProperty("version").GetProperty("type").GetString());
        Assert.Equal(
            ["queued", "completed", "failed"],
            Schema("SubmissionStatus").GetProperty("enum").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal("object", Schema("SubmissionRequest").GetProperty("properties").GetProperty("answers").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Examples_are_requests_that_are_accepted()
    {
        var quiz = Schema("QuizRequest").GetProperty("examples")[0].GetRawText();
        var submission = Schema("SubmissionRequest").GetProperty("examples")[0];
        var id = submission.GetProperty("quiz_id").GetString();
        Assert.True((await _api.SendAsync(HttpMethod.Put, $"/quizzes/{id}", System.Text.Encoding.UTF8.GetBytes(quiz))).IsSuccessStatusCode);
        await ApiWorld.AcceptedIdAsync(_api.PostAsync(submission.GetRawText()));

        foreach (var (path, request, status) in new[] { ("", "SheetRequest", 202), ("/uploads", "UploadRequest", 201) })
        {
            var example = System.Text.Encoding.UTF8.GetBytes(Schema(request).GetProperty("examples")[0].GetRawText());
            Assert.Equal(status, (int)(await _api.SendAsync(HttpMethod.Post, $"/statistics{path}", example)).StatusCode);
        }
    }

    [Fact]
    public void A_sheet_is_posted_as_json_or_as_csv()
    {
        var content = _document.GetProperty("paths").GetProperty("/statistics").GetProperty("post").GetProperty("requestBody").GetProperty("content");
        Assert.Equal("#/components/schemas/SheetRequest", content.GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString());
        Assert.Equal("string", content.GetProperty("text/csv").GetProperty("schema").GetProperty("type").GetString());
    }

    private static IEnumerable<string> Statuses(JsonElement operation) =>
        operation.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order();

    private JsonElement Schema(string name) => _document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    // Every schema that an element refers to, directly or not.
    private void Reach(JsonElement element, HashSet<string> reached)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Reach(item, reached);
        }
        if (element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in element.EnumerateObject())
        {
            if (member.Name != "$ref")
                Reach(member.Value, reached);
            else if (member.Value.GetString()!.Split('/')[^1] is var name && reached.Add(name))
                Reach(Schema(name), reached);
        }
    }
}
