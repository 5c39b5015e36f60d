using System.Diagnostics;
using System.Globalization;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>AppHost as a process of its own, as `dotnet run` starts it: how it begins, and that nothing survives it.</summary>
public sealed class LifetimeTests : IDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(3);

    private readonly List<Process> _processes = [];

    [LinuxFact]
    public async Task Ctrl_C_ends_everything_within_ten_seconds()
    {
        var host = await StartedHost();
        var family = Descendants(host.Id);
        Assert.True(family.Count >= 6, $"AppHost has the processes of the system beneath it, not only {family.Count}");

        Signal(host, "INT");

        await Eventually.BecomesTrueAsync(() => Task.FromResult(host.HasExited && family.TrueForAll(Gone)), "AppHost and its processes have ended", TimeSpan.FromSeconds(10));
        Assert.Equal(0, host.ExitCode);
    }

    [LinuxFact]
    public async Task Nothing_is_left_twenty_seconds_after_AppHost_is_killed()
    {
        var host = await StartedHost();
        var family = Descendants(host.Id);
        Assert.True(family.Count >= 6, $"AppHost has the processes of the system beneath it, not only {family.Count}");

        Signal(host, "KILL");

        await Eventually.BecomesTrueAsync(() => Task.FromResult(host.HasExited && family.TrueForAll(Gone)), "its processes have ended", TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_taken_port_is_named_with_the_option_that_moves_it_and_nothing_starts()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;

        using var host = Start("--ports", "default", "--dashboard-port", Free(), "--sqs-sns-s3-port", Free(), "--dynamodb-port", Free(), "--api-port", port.ToString(CultureInfo.InvariantCulture));
        var error = await host.StandardError.ReadToEndAsync();
        await host.WaitForExitAsync();

        Assert.NotEqual(0, host.ExitCode);
        Assert.Contains($"Port {port} for the API is taken", error, StringComparison.Ordinal);
        Assert.Contains("--api-port", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--data sometimes", "--data")]
    [InlineData("--api-port 70000", "--api-port")]
    [InlineData("--no-such-option", "--no-such-option")]
    [InlineData("--parameter VisibilityTimeoutSeconds", "NAME=VALUE")]
    [InlineData("--parameter NoSuchParameter=1 --ports random", "NoSuchParameter")]
    [InlineData("--parameter MaxReceiveCount=0 --ports random", "MaxReceiveCount")]
    public async Task A_wrong_command_line_ends_with_a_message_that_names_the_mistake(string arguments, string named)
    {
        using var host = Start(arguments.Split(' '));
        var error = await host.StandardError.ReadToEndAsync();
        await host.WaitForExitAsync();

        Assert.NotEqual(0, host.ExitCode);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
                process.Kill();
            process.Dispose();
        }
    }

    private static string Free() => QuizAspire.AppHost.LocalPorts.Free().ToString(CultureInfo.InvariantCulture);

    private static Process Start(params string[] arguments)
    {
        var host = new ProcessStartInfo("dotnet", ["exec", Repository.AssemblyOf("QuizAspire.AppHost"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Repository.Root, "QuizAspire.AppHost"),
        };
        return Process.Start(host)!;
    }

    private async Task<Process> StartedHost()
    {
        var host = Start("--ports", "random");
        _processes.Add(host);
        _ = host.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(StartDeadline);
        while (await host.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.Contains("everything is healthy", StringComparison.Ordinal))
            {
                _ = host.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return host;
            }
        }

        throw new InvalidOperationException($"AppHost ended with code {host.ExitCode} before everything was healthy.");
    }

    private static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Every process beneath this one. DCP puts its own into another session but keeps them its children.</summary>
    private static List<int> Descendants(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            try
            {
                var fields = File.ReadAllText(Path.Combine(directory, "stat")).Split(") ")[^1].Split(' ');
                parents[int.Parse(Path.GetFileName(directory), CultureInfo.InvariantCulture)] = int.Parse(fields[1], CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // It ended while the list was read.
            }
        }

        var found = new List<int>();
        var next = new Queue<int>([root]);
        while (next.TryDequeue(out var parent))
        {
            foreach (var child in parents.Where(pair => pair.Value == parent).Select(pair => pair.Key))
            {
                found.Add(child);
                next.Enqueue(child);
            }
        }

        return found;
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
