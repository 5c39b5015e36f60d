using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api;

/// <summary>What the API logs with the levels that it comes with.</summary>
[Collection(UsesEmulators.Name)]
public sealed class RequestLogTests(Emulators emulators)
{
    [Fact]
    public async Task Requests_that_go_well_or_are_refused_leave_no_line()
    {
        using var log = new Log();
        await using var api = await ApiWorld.StartAsync(emulators, services: services => services.AddLogging(logging => logging.AddProvider(log)));

        await api.PutQuizAsync("geo", "q1");
        await ApiWorld.AcceptedIdAsync(api.SubmitAsync("s1", "geo", new { q1 = "Xyzzy" }));
        await ApiWorld.RefusedAsync(await api.SubmitAsync("s1", "nowhere", new { q1 = "Xyzzy" }), 404, "quiz_id");
        await api.GetAsync("/quizzes/geo");
        await api.GetAsync("/health");

        await Eventually.BecomesTrueAsync(() => Task.FromResult(!log.Lines.IsEmpty), "its start is logged");
        Assert.DoesNotContain(log.Lines, line => !line.Contains("Microsoft.Hosting.Lifetime", StringComparison.Ordinal));
    }

    private sealed class Log : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Category(categoryName, Lines);

        public void Dispose()
        {
        }
    }

    private sealed class Category(string name, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {name}: {formatter(state, exception)}");
    }
}
