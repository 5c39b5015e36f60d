using System.Collections.Concurrent;

namespace QuizAspire.Functions.Telemetry;

/// <summary>The quizzes that have a series of their own: the first ones of the process. Whoever makes up quiz ids makes no more series than these.</summary>
internal sealed class QuizIds
{
    public const int Capacity = 50;

    /// <summary>All the others, as OpenTelemetry names them.</summary>
    public const string Other = "_OTHER";

    private readonly ConcurrentDictionary<string, byte> _known = new(StringComparer.Ordinal);
    private int _count;

    public string Bounded(string quizId)
    {
        if (_known.ContainsKey(quizId))
            return quizId;
        if (Volatile.Read(ref _count) >= Capacity || Interlocked.Increment(ref _count) > Capacity)
            return Other;
        _known.TryAdd(quizId, 0);
        return quizId;
    }
}
