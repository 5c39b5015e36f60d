using QuizAspire.Core.Scoring;

namespace QuizAspire.Functions.QuizProcessor;

internal delegate Task<AnswerKey?> LoadAnswerKey(string quizId, int? version, CancellationToken cancellationToken);

/// <summary>
/// Answer keys of stored quizzes, the least recently used dropped first. A version never changes, so its key is kept as
/// long as there is room; "the latest" is asked for again after a while. A quiz that is not there is asked for each time.
/// Not for use by several threads: a function handles one event at a time, and its records in order.
/// </summary>
internal sealed class AnswerKeyCache(LoadAnswerKey load, TimeProvider time, int capacity)
{
    /// <summary>How long "the latest version" may lag behind a teacher's change.</summary>
    public static readonly TimeSpan LatestLifetime = TimeSpan.FromSeconds(30);

    private readonly Dictionary<(string QuizId, int? Version), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];

    public async Task<AnswerKey?> FindAsync(string quizId, int? version, CancellationToken cancellationToken)
    {
        var id = (quizId, version);
        if (_entries.TryGetValue(id, out var node))
        {
            _byUse.Remove(node);
            if (version is not null || time.GetElapsedTime(node.Value.LoadedAt) < LatestLifetime)
            {
                _byUse.AddFirst(node);
                return node.Value.Key;
            }

            _entries.Remove(id);
        }

        var key = await load(quizId, version, cancellationToken);
        if (key is not null)
            Add(id, key);
        return key;
    }

    private void Add((string, int?) id, AnswerKey key)
    {
        if (_entries.Count == capacity)
        {
            _entries.Remove(_byUse.Last!.Value.Id);
            _byUse.RemoveLast();
        }

        _entries[id] = _byUse.AddFirst(new Entry(id, key, time.GetTimestamp()));
    }

    private sealed record Entry((string, int?) Id, AnswerKey Key, long LoadedAt);
}
