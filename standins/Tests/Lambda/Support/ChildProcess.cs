using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Standins.Tests.Lambda;

/// <summary>A process of a test, ended with it.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public ConcurrentQueue<string> Lines { get; } = new();

    public int ExitCode => _process.ExitCode;

    public static ChildProcess StartTool(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Start("dotnet", ["exec", InOutput("Amazon.Lambda.TestTool.dll"), "start", "--no-launch-window", .. arguments], environment);

    /// <summary>The function whose handler does what each message's body says.</summary>
    public static ChildProcess StartFunction(string runtimeApi, params (string Name, string Value)[] environment) =>
        Start("dotnet", ["exec", InOutput("SampleFunction.dll")],
            environment.Append(("AWS_LAMBDA_RUNTIME_API", runtimeApi)).ToDictionary(variable => variable.Item1, variable => variable.Item2));

    public static ChildProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new ChildProcess(Process.Start(start)!);
    }

    public Task UntilSaysAsync(string text) =>
        Eventually.Is(() => Lines.Any(line => line.Contains(text, StringComparison.Ordinal)), $"a process says '{text}'");

    public void Kill() => _process.Kill();

    /// <summary>SIGTERM, and the exit code that it leads to.</summary>
    public async Task<int> TerminateAsync()
    {
        Assert.Equal(0, SendSignal(_process.Id, 15));
        return await EndAsync();
    }

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
            Lines.Enqueue(line);
    }

    private static string InOutput(string file) => Path.Combine(AppContext.BaseDirectory, file);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int pid, int signal);
}
