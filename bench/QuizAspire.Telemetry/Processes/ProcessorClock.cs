using System.Diagnostics;
using System.Runtime.InteropServices;

namespace QuizAspire.TelemetryBench.Processes;

/// <summary>
/// The processor time of another process. On Linux to the nanosecond, by the process's own clock: what .NET reads there comes in steps of
/// 10 ms, which is much of a short slice.
/// </summary>
internal static partial class ProcessorClock
{
    public static TimeSpan Of(Process process)
    {
        if (OperatingSystem.IsLinux() && ClockOf(process.Id, out var clock) == 0 && TimeOf(clock, out var time) == 0)
            return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick);
        process.Refresh();
        return process.TotalProcessorTime;
    }

    [LibraryImport("libc", EntryPoint = "clock_getcpuclockid")]
    private static partial int ClockOf(int processId, out int clock);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int TimeOf(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
