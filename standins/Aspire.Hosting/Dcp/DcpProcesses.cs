using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Dcp;

/// <summary>Finds DCP's processes, which are not our children: it detaches itself and divides into a server, controllers and monitors.</summary>
internal static class DcpProcesses
{
    /// <summary>The processes whose command line names the folder of this run.</summary>
    public static IReadOnlyList<int> Using(string folder)
    {
        var found = new List<int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var processId) || processId == Environment.ProcessId)
                continue;
            try
            {
                if (File.ReadAllText(Path.Combine(directory, "cmdline")).Contains(folder, StringComparison.Ordinal))
                    found.Add(processId);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked, or is another user's.
            }
        }
        return found;
    }

    public static void Kill(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }
}
