using System.Diagnostics;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>AppHost as a process of its own, as `dotnet run` starts it.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private HostProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    public Process Process => _process;

    /// <param name="environment">Variables to set, or with null to leave out; the AWS SDK's own are left out in any case.</param>
    public static HostProcess Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(DotnetPath, ["exec", Repository.AssemblyOf("QuizAspire.AppHost"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Repository.Root, "QuizAspire.AppHost"),
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new HostProcess(start);
    }

    /// <summary>For an AppHost that is to refuse: one that starts all the same ends with the deadline.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunToItsEndAsync(
        IReadOnlyDictionary<string, string?> environment, TimeSpan within, params string[] arguments)
    {
        using var host = Start(environment, arguments);
        using var deadline = new CancellationTokenSource(within);
        var output = await host._process.StandardOutput.ReadToEndAsync(deadline.Token);
        await host._process.WaitForExitAsync(deadline.Token);
        return (host._process.ExitCode, output, await host._error);
    }

    /// <summary>Reads what it prints up to the line that is waited for.</summary>
    /// <returns>All lines up to there.</returns>
    public async Task<IReadOnlyList<string>> SaysAsync(string text, TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        var lines = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                // It must not come to a stop because nobody reads what else it says.
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return lines;
            }
        }

        throw new InvalidOperationException($"AppHost ended without '{text}': {string.Join('\n', lines)}\n{await _error}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    /// <summary>By its path, so that it is found on whatever PATH the process is given.</summary>
    private static string DotnetPath => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
}
