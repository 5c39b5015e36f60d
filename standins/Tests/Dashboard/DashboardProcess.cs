using System.Diagnostics;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;

namespace Standins.Tests.Dashboard;

/// <summary>The real dashboard's process, told what the application host tells it.</summary>
internal sealed class DashboardProcess : IAsyncDisposable
{
    public static readonly string Program = Bundled("managed/aspire-managed");

    private readonly Process _process;
    private readonly List<string> _output = [];

    private DashboardProcess(DashboardOptions options, Process process)
    {
        Options = options;
        _process = process;
        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public DashboardOptions Options { get; }

    /// <summary>Lines that its console has shown until now.</summary>
    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_output)
                return [.. _output];
        }
    }

    public static DashboardProcess Start(ResourceServiceFixture resources)
    {
        Assert.True(File.Exists(Program), $"There is no dashboard at {Program}: build QuizAspire.AppHost first, which installs it.");
        var configuration = new ConfigurationManager();
        DashboardOptions.AddKeys(configuration);
        configuration[DashboardOptions.ResourceServiceApiKeyKey] = ResourceServiceFixture.ApiKey;
        var options = DashboardOptions.From(configuration, enabled: true);

        var start = new ProcessStartInfo(Program, ["dashboard"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in DashboardResource.Environment(options, Program, configuration, resources.Url))
            start.Environment[name] = value;
        return new DashboardProcess(options, Process.Start(start)!);
    }

    /// <summary>The path of a file of the Aspire bundle, which the AppHost's build installs.</summary>
    public static string Bundled(string file) => Path.Combine(RepositoryRoot(), "artifacts", "aspire", "bundle", file);

    public async Task WaitUntilReadyAsync()
    {
        using var check = new DashboardHealthCheck(Options);
        await Eventually.Is(
            async () => (await check.CheckHealthAsync(new())).Status == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy,
            "the dashboard answers",
            TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Collect(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not { } text)
            return;
        lock (_output)
            _output.Add(text);
    }

    public static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "QuizAspire.sln")))
            directory = directory.Parent;
        return directory.FullName;
    }
}
