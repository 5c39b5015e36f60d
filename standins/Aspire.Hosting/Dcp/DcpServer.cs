using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Aspire.Hosting.Dcp.Model;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>DCP's own process. It watches ours, and ends with everything that it started when ours ends in whatever way.</summary>
internal sealed partial class DcpServer(DcpOptions options, TimeProvider time, ILogger<DcpServer> logger) : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What is meant for the AppHost itself and would mislead the processes that it starts.</summary>
    private static readonly string[] NotInherited =
        ["ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "ASPIRE_LOG_LEVEL"];

    private DcpFolder? _folder;
    private X509Certificate2? _certificate;
    private DcpClient? _client;

    public DcpClient Client => _client ?? throw new InvalidOperationException("DCP has not been started.");

    public async Task StartAsync(CancellationToken ct)
    {
        if (!File.Exists(options.CliPath))
            throw new DistributedApplicationException(
                $"The process orchestrator DCP is not at '{options.CliPath}'. "
                + "Building the AppHost installs it; build again, or set DcpPublisher:CliPath.");

        _folder = DcpFolder.Create();
        _certificate = DcpCertificate.Create(_folder, time);
        using var launcher = Process.Start(StartInfo(_folder, options.CliPath))
            ?? throw new DistributedApplicationException($"'{options.CliPath}' could not be started.");
        // The launcher ends as soon as it has put DCP into a session of its own, out of reach of this terminal's Ctrl+C.
        var output = await Task.WhenAll(launcher.StandardOutput.ReadToEndAsync(ct), launcher.StandardError.ReadToEndAsync(ct)).ConfigureAwait(false);
        await launcher.WaitForExitAsync(ct).ConfigureAwait(false);
        LogLauncher(launcher.ExitCode, string.Concat(output));
        if (launcher.ExitCode != 0)
            throw new DistributedApplicationException($"DCP ended with exit code {launcher.ExitCode}: {string.Concat(output)}");

        var (server, token) = await ReadKubeconfigAsync(_folder.Kubeconfig, ct).ConfigureAwait(false);
        _client = new DcpClient(server, token, _certificate);
    }

    /// <summary>
    /// Stops every process gently and then ends DCP. DCP could be asked to do both, but takes three seconds for the second part;
    /// with nothing left to look after and its folder deleted, it may as well be killed.
    /// </summary>
    public async Task StopAsync()
    {
        if (_client is null || _folder is null)
            return;
        using var deadline = new CancellationTokenSource(StopTimeout, time);
        try
        {
            await StopProcessesAsync(_client, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or DistributedApplicationException or OperationCanceledException)
        {
            LogStopFailed(exception);
        }

        foreach (var processId in DcpProcesses.Using(_folder.Root))
            DcpProcesses.Kill(processId);
        _folder.Dispose();
        _folder = null;
    }

    private async Task StopProcessesAsync(DcpClient client, CancellationToken ct)
    {
        var running = await client.ListExecutablesAsync(ct).ConfigureAwait(false);
        await Task.WhenAll(running.Where(executable => !ExecutableState.HasEnded(executable.Status?.State))
            .Select(executable => client.StopExecutableAsync(executable.Metadata.Name, ct))).ConfigureAwait(false);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(30), time);
        while ((await client.ListExecutablesAsync(ct).ConfigureAwait(false)).Any(executable => !ExecutableState.HasEnded(executable.Status?.State)))
            await tick.WaitForNextTickAsync(ct).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _client?.Dispose();
        _certificate?.Dispose();
    }

    private static ProcessStartInfo StartInfo(DcpFolder folder, string cliPath)
    {
        var start = new ProcessStartInfo(cliPath)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder.Root,
        };
        string[] arguments =
        [
            "start-apiserver", "--detach", "--kubeconfig", folder.Kubeconfig,
            "--monitor", Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            "--tls-cert-file", folder.CertificateFile, "--tls-key-file", folder.KeyFile,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var name in NotInherited)
            start.Environment.Remove(name);
        start.Environment["HOME"] = folder.Home;
        start.Environment["DCP_SESSION_FOLDER"] = folder.Session;
        return start;
    }

    private async Task<(Uri Server, string Token)> ReadKubeconfigAsync(string path, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(StartTimeout);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10), time);
        try
        {
            while (true)
            {
                if (File.Exists(path) && Kubeconfig.TryParse(await File.ReadAllLinesAsync(path, timeout.Token).ConfigureAwait(false), out var found))
                    return found;
                await tick.WaitForNextTickAsync(timeout.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"DCP has not written '{path}' within {StartTimeout.TotalSeconds:0} s.");
        }
    }

    [LoggerMessage(LogLevel.Debug, "DCP launcher ended with {ExitCode}: {Output}")]
    private partial void LogLauncher(int exitCode, string output);

    [LoggerMessage(LogLevel.Warning, "Some processes have not ended in time and are killed.")]
    private partial void LogStopFailed(Exception exception);
}
