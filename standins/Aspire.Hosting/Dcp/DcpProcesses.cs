using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Dcp;

/// <summary>Finds DCP's processes, which are not our children: it detaches itself and divides into a server, controllers and monitors.</summary>
internal static class DcpProcesses
{
    /// <summary>The processes whose command line names the folder of this run, and then all that descend from them.</summary>
    public static IReadOnlyList<int> Using(string folder)
    {
        var all = ReadAll();
        var found = all.Where(entry => entry.Command.Contains(folder, StringComparison.Ordinal)).Select(entry => entry.Id).ToList();
        for (var i = 0; i < found.Count; i++)
            found.AddRange(all.Where(entry => entry.Parent == found[i] && !found.Contains(entry.Id)).Select(entry => entry.Id));
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

    private static List<(int Id, int Parent, string Command)> ReadAll()
    {
        var all = new List<(int, int, string)>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var processId) || processId == Environment.ProcessId)
                continue;
            try
            {
                // The second field is the program's name in brackets, which may hold anything; the state and the parent follow it.
                var stat = File.ReadAllText(Path.Combine(directory, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ', 3);
                if (fields[0] is not "Z")
                    all.Add((processId, int.Parse(fields[1], CultureInfo.InvariantCulture), File.ReadAllText(Path.Combine(directory, "cmdline"))));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked, or is another user's.
            }
        }
        return all;
    }
}
