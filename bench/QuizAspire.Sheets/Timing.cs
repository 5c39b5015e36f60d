using System.Diagnostics;

namespace QuizAspire.Sheets;

/// <summary>Time by the clock and by the processor, since it was made; all threads of this process count.</summary>
internal sealed class Timing
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _worked = Environment.CpuUsage.TotalTime;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public TimeSpan Processor => Environment.CpuUsage.TotalTime - _worked;
}
