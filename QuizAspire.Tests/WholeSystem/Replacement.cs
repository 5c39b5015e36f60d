using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>The death of a process, and its successor.</summary>
internal static class Replacement
{
    /// <summary>
    /// Kills one process of the resource without a word, and starts it again with the dashboard's own command where nothing else does.
    /// </summary>
    /// <returns>The process id of its successor.</returns>
    public static async Task<int> ReplaceAsync(this QuizSystem system, string resource, CancellationToken cancellation)
    {
        string? instance = null;
        int? killed = null;
        await foreach (var update in system.App.ResourceNotifications.WatchAsync(cancellation))
        {
            if (update.Resource.Name != resource || (instance is not null && update.ResourceId != instance))
                continue;

            var state = update.Snapshot.State?.Text;
            var pid = ProcessId(update.Snapshot);
            if (killed is null && state == KnownResourceStates.Running && pid is not null)
            {
                using var process = Process.GetProcessById(pid.Value);
                // Aspire may run a project through `dotnet run`, which is then the process that it knows.
                process.Kill(entireProcessTree: true);
                (instance, killed) = (update.ResourceId, pid);
            }
            else if (killed is not null && state == KnownResourceStates.Running && pid is not null && pid != killed)
            {
                await system.AllHealthy(cancellation);
                return pid.Value;
            }
            else if (killed is not null && KnownResourceStates.TerminalStates.Contains(state))
            {
                // Lambda's emulator starts a function again by itself, and this then finds it running.
                await system.App.ResourceCommands.ExecuteCommandAsync(update.ResourceId, KnownResourceCommands.StartCommand, cancellation);
            }
        }

        throw new InvalidOperationException("The notifications ended.");
    }

    private static int? ProcessId(CustomResourceSnapshot snapshot) =>
        snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } value
            ? Convert.ToInt32(value, CultureInfo.InvariantCulture)
            : null;
}
