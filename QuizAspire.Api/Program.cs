using System.Text.Json;
using System.Text.Json.Serialization;
using QuizAspire.Api;
using QuizAspire.Api.Health;
using QuizAspire.Api.Http;
using QuizAspire.Api.Lambda;
using QuizAspire.Api.Notifications;
using QuizAspire.Api.Operations;
using QuizAspire.Api.Quizzes;
using QuizAspire.Api.Statistics;
using QuizAspire.Api.Students;
using QuizAspire.Api.Submissions;
using QuizAspire.Core.Aws;
using QuizAspire.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddLambda();
builder.AddServiceDefaults();
builder.WebHost.ConfigureKestrel(server =>
{
    server.AddServerHeader = false;
    server.Limits.MaxRequestBodySize = QuizRequest.MaxBytes; // the largest JSON; JsonBody has each one's own, and sheets have theirs
});
builder.Services.AddAws().AddStores().AddIntake().AddStatistics().AddOperations().AddAwsHealthChecks();
builder.AddNotifications();
builder.Services.AddQuizOpenApi();
builder.Services.AddExceptionHandler<FaultHandler>();
builder.Services.ConfigureHttpJsonOptions(json =>
{
    json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
    json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
    json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJsonContext.Default);
});

var app = builder.Build();
try
{
    app.Services.RequireResources();
}
catch (MissingResourceException missing)
{
    Console.Error.WriteLine(missing.Message);
    return 1;
}

app.UseExceptionHandler(_ => { });
app.UseLambdaDeadline();
app.UseStatusCodePages(context => Refusal.Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
app.MapQuizzes();
app.MapSubmissions();
app.MapStudents();
app.MapStatistics();
app.MapOperations();
app.MapNotifications();
app.MapDefaultEndpoints();
app.MapOpenApi();
app.Run();
return 0;
