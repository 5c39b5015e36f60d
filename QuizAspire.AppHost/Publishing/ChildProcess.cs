using System.Diagnostics;
using System.Text;

namespace QuizAspire.AppHost.Publishing;

/// <summary>Runs a program to its end and keeps what it says.</summary>
internal static class ChildProcess
{
    /// <summary>
    /// The exit code, and both outputs in the order in which their lines came. Cancelled, it ends the program with all its children.
    /// </summary>
    /// <exception cref="PublishException">The program cannot be started.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new PublishException($"{start.FileName} cannot be started: {exception.Message}", exception);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, output.ToString());

        void Append(string? line)
        {
            if (line is not null)
                lock (output)
                    output.AppendLine(line);
        }
    }
}
