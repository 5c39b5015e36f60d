using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace QuizAspire.Tests.Support;

/// <summary>An executable as Lambda runs it: a process with the template's environment.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    private FunctionProcess(Process process) => _process = process;

    /// <summary>Standard output and standard error.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Waits until it has said that so often: what it prints may be read later than its answer.</summary>
    public Task SaysAsync(string text, int times = 1) => Eventually.BecomesTrueAsync(
        () => Task.FromResult(_output.Count(line => line.Contains(text, StringComparison.Ordinal)) >= times), $"the function says '{text}'");

    /// <summary>The most memory that it has had at once, in bytes. On Linux alone.</summary>
    public Task<long> PeakMemoryAsync() => ProcessMemory.PeakAsync(_process.Id);

    /// <param name="assembly">The executable's assembly, where it is not the one that was built with these tests.</param>
    public static FunctionProcess Start(
        IReadOnlyDictionary<string, string> environment, string project = "QuizAspire.Functions", string? assembly = null)
    {
        var start = new ProcessStartInfo("dotnet", [assembly ?? Repository.AssemblyOf(project)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var process = new Process { StartInfo = start };
        var function = new FunctionProcess(process);
        process.OutputDataReceived += (_, line) => function._output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => function._output.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return function;
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Asks it to end, as orchestrators do, and waits until it has.</summary>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("-TERM");
        return await ExitCodeAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>As Lambda freezes a sandbox between two invocations: it is not told, and gets no time.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    /// <summary>As a crash or the platform ends it: without a chance to finish anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
