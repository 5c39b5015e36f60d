namespace QuizAspire.Sheets;

/// <summary>What one reader made of the sheet in one round.</summary>
/// <param name="Elapsed">From opening the file to the last number, without the start of a process.</param>
/// <param name="Processor">Of that, how long a processor worked: what a machine with other work to do leaves comparable.</param>
/// <param name="PeakKib">The most memory a process of its own had (VmHWM); null inside this process, and where Linux does not tell.</param>
/// <param name="Numbers">Null for a reader that only parses.</param>
internal sealed record Reading(TimeSpan Elapsed, TimeSpan Processor, long? PeakKib, SheetNumbers? Numbers);
