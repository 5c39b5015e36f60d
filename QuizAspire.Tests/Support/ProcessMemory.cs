using System.Globalization;

namespace QuizAspire.Tests.Support;

/// <summary>What Linux tells of a process's memory.</summary>
internal static class ProcessMemory
{
    /// <summary>The most that it has had at once, in bytes.</summary>
    public static async Task<long> PeakAsync(int processId)
    {
        var status = await File.ReadAllLinesAsync($"/proc/{processId}/status");
        var peak = status.Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(peak["VmHWM:".Length..^" kB".Length], CultureInfo.InvariantCulture);
    }
}
