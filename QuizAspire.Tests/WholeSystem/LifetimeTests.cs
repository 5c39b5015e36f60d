using System.Diagnostics;
using System.Globalization;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>AppHost as a process of its own, as `dotnet run` starts it: how it begins, and that nothing survives it.</summary>
public sealed class LifetimeTests : IDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(3);

    private readonly List<HostProcess> _hosts = [];
    private readonly string _mark = $"QUIZASPIRE_TEST_RUN={Guid.NewGuid():N}";

    [LinuxFact]
    public async Task Ctrl_C_ends_everything_within_ten_seconds()
    {
        var host = await StartedHost();
        var family = Family(host);
        Assert.True(family.Count >= 6, $"AppHost has started the processes of the system, not only {family.Count}");

        Signal(host, "INT");

        await Eventually.BecomesTrueAsync(() => Task.FromResult(host.HasExited && family.TrueForAll(Gone)), "AppHost and its processes have ended", TimeSpan.FromSeconds(10));
        Assert.Equal(0, host.ExitCode);
    }

    [LinuxFact]
    public async Task Nothing_is_left_twenty_seconds_after_AppHost_is_killed()
    {
        var host = await StartedHost();
        var family = Family(host);
        Assert.True(family.Count >= 6, $"AppHost has started the processes of the system, not only {family.Count}");

        Signal(host, "KILL");

        await Eventually.BecomesTrueAsync(() => Task.FromResult(host.HasExited && family.TrueForAll(Gone)), "its processes have ended", TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_taken_port_is_named_with_the_option_that_moves_it_and_nothing_starts()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;

        var (exitCode, error) = await RunToItsEnd(
            "--dashboard-port", Free(), "--sqs-sns-s3-port", Free(), "--dynamodb-port", Free(), "--api-port", port.ToString(CultureInfo.InvariantCulture));

        Assert.NotEqual(0, exitCode);
        Assert.Contains($"Port {port} for the API is taken", error, StringComparison.Ordinal);
        Assert.Contains("--api-port", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--data sometimes", "sometimes")]
    [InlineData("--api-port 70000", "--api-port")]
    [InlineData("--no-such-option", "--no-such-option")]
    [InlineData("--parameter VisibilityTimeoutSeconds", "NAME=VALUE")]
    [InlineData("--parameter NoSuchParameter=1 --ports random", "NoSuchParameter")]
    [InlineData("--parameter MaxReceiveCount=0 --ports random", "MaxReceiveCount")]
    public async Task A_wrong_command_line_ends_with_a_message_that_names_the_mistake(string arguments, string named)
    {
        var (exitCode, error) = await RunToItsEnd(arguments.Split(' '));

        Assert.NotEqual(0, exitCode);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        foreach (var host in _hosts)
            host.Dispose();
    }

    private static string Free() => QuizAspire.AppHost.LocalPorts.Free().ToString(CultureInfo.InvariantCulture);

    /// <summary>For an AppHost that is to refuse.</summary>
    private static async Task<(int ExitCode, string Error)> RunToItsEnd(params string[] arguments)
    {
        var (exitCode, _, error) = await HostProcess.RunToItsEndAsync(new Dictionary<string, string?>(), TimeSpan.FromSeconds(60), arguments);
        return (exitCode, error);
    }

    private async Task<Process> StartedHost()
    {
        var mark = _mark.Split('=');
        var host = HostProcess.Start(new Dictionary<string, string?> { [mark[0]] = mark[1] }, "--ports", "random");
        _hosts.Add(host);
        await host.SaysAsync("everything is healthy", StartDeadline);
        return host.Process;
    }

    private static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>
    /// Every other process with this run's mark in its environment, which each hands on to those that it starts. Who is whose child
    /// does not tell: DCP and what it starts are in sessions of their own.
    /// </summary>
    private List<int> Family(Process host) =>
    [
        .. from directory in Directory.EnumerateDirectories("/proc")
           let id = int.TryParse(Path.GetFileName(directory), out var number) ? number : 0
           where id > 0 && id != host.Id && Environ(id).Contains(_mark, StringComparison.Ordinal)
           select id,
    ];

    private static string Environ(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is somebody else's.
            return "";
        }
    }

    private static bool Gone(int process)
    {
        try
        {
            // A zombie has ended; its parent has only not looked yet.
            return File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }
}
