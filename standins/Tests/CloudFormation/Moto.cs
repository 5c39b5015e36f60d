using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Standins.Tests.CloudFormation;

/// <summary>A test against CloudFormation as moto has it, a model of AWS that nobody here wrote; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MotoFactAttribute : FactAttribute
{
    private static readonly bool IsThere = Probe();

    public MotoFactAttribute()
    {
        if (!IsThere)
            Skip = "moto_server is not installed (pip install 'moto[server]'); this test provisions a stack in it.";
    }

    private static bool Probe()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("moto_server", ["--help"]) { RedirectStandardOutput = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>moto_server on loopback and a port of its own choice, in memory; ends when it is disposed.</summary>
internal sealed partial class Moto : IAsyncDisposable
{
    private readonly Process _process;

    private Moto(Process process, string url) => (_process, Url) = (process, url);

    /// <summary>The endpoint of every service.</summary>
    public string Url { get; }

    public static async Task<Moto> StartAsync()
    {
        var process = Process.Start(new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", "0"]) { RedirectStandardError = true })!;
        // A Python start on a busy machine.
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            while (await process.StandardError.ReadLineAsync(deadline.Token) is { } line)
            {
                if (Listening().Match(line) is not { Success: true } match)
                    continue;
                // It logs every request, and would stop at a full pipe.
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new Moto(process, match.Value);
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        throw new InvalidOperationException("moto_server ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
