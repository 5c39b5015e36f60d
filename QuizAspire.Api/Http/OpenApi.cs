using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using QuizAspire.Api.Quizzes;
using QuizAspire.Api.Statistics;
using QuizAspire.Api.Submissions;

namespace QuizAspire.Api.Http;

/// <summary>The OpenAPI document, where the framework cannot tell by itself.</summary>
internal static class OpenApi
{
    public static IServiceCollection AddQuizOpenApi(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "QuizAspire",
                Version = "v1",
                Description = "Store quizzes, submit answers, read scores and statistics. " +
                    "Every error is problem details (RFC 9457) whose errors name the fields.",
            };
            return Task.CompletedTask;
        });
        options.CreateSchemaReferenceId = type => type.Type == typeof(JsonElement) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonPropertyInfo?.Name == "answers")
                (schema.Type, schema.AdditionalProperties) = (JsonSchemaType.Object, new OpenApiSchema());
            if (ExampleOf(context.JsonTypeInfo.Type, context.JsonPropertyInfo is null) is { } example)
                schema.Examples = [example];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, _, _) =>
        {
            if (operation.RequestBody?.Content is { } content && content.TryGetValue(UploadLimits.ContentType, out var csv))
                csv.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
                parameter.Schema = SchemaOf(parameter.Name) ?? parameter.Schema;
            return Task.CompletedTask;
        });
    });

    /// <summary>The problem details that an operation may answer with.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            route.Produces<HttpValidationProblemDetails>(status, Refusal.ContentType);
        return route;
    }

    private static JsonNode? ExampleOf(Type type, bool whole) => (type, whole) switch
    {
        (var t, true) when t == typeof(SubmissionRequest) => JsonNode.Parse("""
            { "student_id": "s-1001", "quiz_id": "geography", "answers": { "q1": "Kabul", "q2": "Canberra" } }
            """),
        (var t, true) when t == typeof(QuizRequest) => JsonNode.Parse("""
            {
              "title": "Capitals",
              "questions": [
                { "question_id": "q1", "text": "What is the capital of Afghanistan?", "choices": ["Tirana", "Kabul"], "correct_answer": "Kabul" },
                { "question_id": "q2", "text": "What is the capital of Australia?", "choices": ["Canberra", "Sydney"], "correct_answer": "Canberra" }
              ]
            }
            """),
        (var t, true) when t == typeof(SheetRequest) => JsonNode.Parse("""{ "data": ["Quiz1,85,76,90", "Quiz2,78,88,85", "Quiz3,92,90,87"] }"""),
        (var t, true) when t == typeof(UploadRequest) => JsonNode.Parse("""{ "size_bytes": 20000000 }"""),
        _ => null,
    };

    // Parameters are bound as text, so that a wrong one is refused by its name; this is what they really are.
    private static OpenApiSchema? SchemaOf(string? parameter) => parameter switch
    {
        "limit" => new()
        {
            Type = JsonSchemaType.Integer,
            Minimum = "1",
            Maximum = $"{PageQuery.MaxLimit}",
            Default = JsonValue.Create(PageQuery.DefaultLimit),
        },
        "version" => new() { Type = JsonSchemaType.Integer, Minimum = "1" },
        "quiz_id" or "student_id" or "submission_id" => new() { Type = JsonSchemaType.String, Pattern = Ids.Pattern },
        "statistics_id" => new() { Type = JsonSchemaType.String, Format = "uuid" },
        IdempotencyKey.Header => new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.MaxLength },
        _ => null,
    };
}
