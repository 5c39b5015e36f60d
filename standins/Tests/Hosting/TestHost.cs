using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Standins.Tests.Hosting;

/// <summary>A small application under the real DCP: built by the test, ended with it.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private TestHost(DistributedApplication app) => App = app;

    public DistributedApplication App { get; }

    public ResourceNotificationService Notifications => App.ResourceNotifications;

    public ResourceLoggerService Loggers => App.Services.GetRequiredService<ResourceLoggerService>();

    public static string RepositoryRoot { get; } = FindRoot();

    public static string DcpPath { get; } = Path.Combine(RepositoryRoot, "artifacts", "aspire", "bundle", "dcp", "dcp");

    public static IDistributedApplicationBuilder CreateBuilder(params string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = [.. args, $"--DcpPublisher:CliPath={DcpPath}", "--DcpPublisher:RandomizePorts=true"],
            ProjectDirectory = AppContext.BaseDirectory,
            DisableDashboard = true,
        });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        return builder;
    }

    public static async Task<TestHost> StartAsync(IDistributedApplicationBuilder builder)
    {
        var host = Of(builder.Build());
        await host.App.StartAsync(Deadline());
        return host;
    }

    /// <summary>For a test that watches the start itself.</summary>
    public static TestHost Of(DistributedApplication app) => new(app);

    /// <summary>Everything that a test waits for is there long before.</summary>
    public static CancellationToken Deadline(int seconds = 40) => new CancellationTokenSource(TimeSpan.FromSeconds(seconds)).Token;

    public async Task<CustomResourceSnapshot> Reached(string resource, string state)
    {
        var change = await Notifications.WaitForResourceAsync(resource, change => change.Snapshot.State?.Text == state, Deadline());
        return change.Snapshot;
    }

    public CustomResourceSnapshot Snapshot(string resource)
    {
        Assert.True(Notifications.TryGetCurrentState(resource, out var change), $"No state of '{resource}' was ever published.");
        return change.Snapshot;
    }

    /// <summary>The log of a resource with one instance, as text, without the time stamps.</summary>
    public async Task<IReadOnlyList<(string Text, bool IsError)>> Log(string resource)
    {
        Assert.True(Notifications.TryGetCurrentState(resource, out var change));
        var lines = new List<(string, bool)>();
        await foreach (var batch in Loggers.GetAllAsync(change.ResourceId))
            lines.AddRange(batch.Select(line => (line.Content[(line.Content.IndexOf(' ', StringComparison.Ordinal) + 1)..], line.IsErrorMessage)));
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync(Deadline());
        await App.DisposeAsync();
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "QuizAspire.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("The tests do not run from below the repository.");
    }
}
