using System.Collections.Frozen;
using QuizAspire.Core.Quizzes;

namespace QuizAspire.Api.Quizzes;

/// <summary>What a submission is checked against: no answer key, no text.</summary>
internal sealed record QuizOutline(int Version, FrozenSet<string> QuestionIds);

/// <summary>
/// The latest version of each quiz that students answer at the moment, at most <see cref="MaxAge"/> old. Requests that need
/// the same quiz at the same time share one read. A quiz that does not exist is never remembered.
/// </summary>
internal sealed class QuizOutlines(QuizStore store, TimeProvider time)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private const int Capacity = 1_000;

    private readonly Dictionary<string, Entry> _entries = [];
    private readonly Lock _lock = new();

    /// <summary>The clock's timestamp, for <see cref="FindAsync"/>'s since.</summary>
    public long Now => time.GetTimestamp();

    /// <summary>How many reads are under way.</summary>
    public int Reading
    {
        get
        {
            lock (_lock)
                return _entries.Values.Count(entry => !entry.Outline.IsCompleted);
        }
    }

    /// <param name="since">When given, an outline read before then is not good enough.</param>
    public async ValueTask<QuizOutline?> FindAsync(string quizId, long? since, CancellationToken cancellationToken)
    {
        Entry entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(quizId, out entry!) || entry.IsVoid || time.GetElapsedTime(entry.ReadAt) >= MaxAge || entry.ReadAt < since)
            {
                if (_entries.Count >= Capacity)
                    _entries.Clear(); // rare, and costs one read for each quiz in use
                // Not cancelled by the request that happens to begin it; the client's own timeout bounds it.
                _entries[quizId] = entry = new Entry(time.GetTimestamp(), Task.Run(() => ReadAsync(quizId), CancellationToken.None));
            }
        }
        if (entry.Outline.IsCompletedSuccessfully && entry.Outline.Result is { } outline)
            return outline;
        try
        {
            var read = await entry.Outline.WaitAsync(cancellationToken);
            if (read is null)
                Forget(quizId, entry);
            return read;
        }
        catch when (entry.Outline is { IsCompleted: true, IsCompletedSuccessfully: false })
        {
            Forget(quizId, entry);
            throw;
        }
    }

    public void Forget(string quizId)
    {
        lock (_lock)
            _entries.Remove(quizId);
    }

    private void Forget(string quizId, Entry entry)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(quizId, out var current) && ReferenceEquals(current, entry))
                _entries.Remove(quizId);
        }
    }

    private async Task<QuizOutline?> ReadAsync(string quizId)
    {
        var quiz = await store.FindLatestAsync(quizId, CancellationToken.None);
        return quiz is null ? null : new QuizOutline(quiz.Version, quiz.Questions.Select(q => q.QuestionId).ToFrozenSet(StringComparer.Ordinal));
    }

    private sealed record Entry(long ReadAt, Task<QuizOutline?> Outline)
    {
        /// <summary>It came to nothing, and whoever waited for it went away before forgetting it.</summary>
        public bool IsVoid => Outline.IsCompleted && (!Outline.IsCompletedSuccessfully || Outline.Result is null);
    }
}
