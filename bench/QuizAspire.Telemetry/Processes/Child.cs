using System.Collections.Concurrent;
using System.Diagnostics;

namespace QuizAspire.TelemetryBench.Processes;

/// <summary>A process that ends with this one, as long as this one ends in order.</summary>
internal sealed class Child : IAsyncDisposable
{
    /// <summary>
    /// What is called a second time is compiled for good, in the background as always: by the defaults that goes on for minutes, longest where there is most code,
    /// which is where telemetry is on, and costs more than telemetry does. And threads of the pool do not spin before they sleep, which is an eighth of the
    /// processor time, more or less by chance.
    /// </summary>
    private static readonly KeyValuePair<string, string>[] Steady =
    [
        new("DOTNET_TC_CallCountingDelayMs", "0"), new("DOTNET_TC_CallCountThreshold", "2"),
        new("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0"),
    ];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();

    private Child(Process process) => _process = process;

    public TimeSpan Processor => ProcessorClock.Of(_process);

    /// <summary>Memory that it has now, in bytes.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public string Errors => string.Join('\n', _errors);

    /// <summary>Starts an assembly. None of this process's variables for AWS and OpenTelemetry are passed on.</summary>
    public static Child StartAssembly(string assembly, IEnumerable<KeyValuePair<string, string>> environment, params IEnumerable<string> arguments)
    {
        if (!File.Exists(assembly))
            throw new FileNotFoundException($"{assembly} is not there: build it in this configuration first.");
        return Start("dotnet", [assembly, .. arguments], environment.Concat(Steady));
    }

    public static Child Start(string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var child = new Child(new Process { StartInfo = start });
        child._process.ErrorDataReceived += (_, line) => child._errors.Enqueue(line.Data ?? "");
        child._process.Start();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Reads and forgets what it prints, which it could not go on printing otherwise.</summary>
    public Child Muted()
    {
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        return this;
    }

    public async Task<string> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"It has ended: {Errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static bool IsForeign(string name) =>
        name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal)
        || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal);
}
