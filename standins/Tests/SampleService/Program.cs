using System.Collections;

var app = WebApplication.CreateSlimBuilder(args).Build();
app.MapGet("/health", () => "healthy");
app.MapGet("/environment", () => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .Select(entry => $"{entry.Key}={entry.Value}").Order().ToArray().Aggregate((all, next) => $"{all}\n{next}"));
app.MapGet("/directory", () => Environment.CurrentDirectory);
app.Run();
