using System.ComponentModel;
using System.Diagnostics;

namespace QuizAspire.AppHost.Provisioned;

/// <summary>Docker by its command line, which is all that a single container asks for.</summary>
internal static class Docker
{
    public const string Program = "docker";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <exception cref="LaunchException">It is not installed, or its daemon does not answer.</exception>
    public static async Task RequireAsync()
    {
        var (exitCode, said) = await RunAsync("version", "--format", "{{.Server.Version}}");
        if (exitCode != 0)
            throw new LaunchException($"Docker is installed, but its daemon does not answer: {said.Split('\n')[0].Trim()}");
    }

    /// <summary>Removes the container of that name, running or not; there need not be one.</summary>
    /// <exception cref="LaunchException">It is there and cannot be removed.</exception>
    public static async Task RemoveAsync(string container)
    {
        var (exitCode, said) = await RunAsync("rm", "--force", container);
        if (exitCode != 0 && !said.Contains("No such container", StringComparison.OrdinalIgnoreCase))
            throw new LaunchException($"The container {container} of an earlier run cannot be removed: {said.Split('\n')[0].Trim()}");
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(params string[] arguments)
    {
        using var deadline = new CancellationTokenSource(Limit);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
                var error = await process.StandardError.ReadToEndAsync(deadline.Token);
                await process.WaitForExitAsync(deadline.Token);
                return (process.ExitCode, error.Length > 0 ? error : await output);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw new LaunchException($"`docker {arguments[0]}` has not ended within {Limit.TotalSeconds:0} s.");
            }
        }
        catch (Win32Exception exception)
        {
            throw new LaunchException("--aws localstack needs Docker, and there is no `docker` on the PATH. --aws embedded needs none.", exception);
        }
    }
}
