namespace QuizAspire.Load.Api;

/// <summary>How often a request had to be sent again, and why.</summary>
internal sealed class Attempts
{
    private int _unavailable;
    private int _lost;
    private int _faults;

    /// <summary>Answers that said to come back later (429, 503).</summary>
    public int Unavailable => _unavailable;

    /// <summary>Connections that were refused, cut or silent for too long.</summary>
    public int Lost => _lost;

    /// <summary>Other answers of the 5xx kind.</summary>
    public int Faults => _faults;

    public void CountUnavailable() => Interlocked.Increment(ref _unavailable);

    public void CountLost() => Interlocked.Increment(ref _lost);

    public void CountFault() => Interlocked.Increment(ref _faults);
}
