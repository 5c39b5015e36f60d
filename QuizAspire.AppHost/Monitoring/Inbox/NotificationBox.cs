namespace QuizAspire.AppHost.Monitoring.Inbox;

/// <summary>The last notifications of a run, in memory.</summary>
internal sealed class NotificationBox
{
    public const int Capacity = 500;

    private readonly Lock _gate = new();
    private readonly Queue<(long Number, Notification Notification)> _kept = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private long _arrived;

    /// <summary>All that ever arrived, those that are no longer kept too.</summary>
    public long Arrived
    {
        get
        {
            lock (_gate)
                return _arrived;
        }
    }

    /// <returns>False for one that is there already: a queue may deliver twice.</returns>
    public bool Add(Notification notification)
    {
        lock (_gate)
        {
            if (!_ids.Add(notification.MessageId))
                return false;
            _kept.Enqueue((++_arrived, notification));
            if (_kept.Count > Capacity)
                _ids.Remove(_kept.Dequeue().Notification.MessageId);
            return true;
        }
    }

    /// <summary>The newest first.</summary>
    /// <param name="limit">From 1.</param>
    /// <param name="before">What an earlier page gave as its next; null for the first page.</param>
    public NotificationPage Page(int limit, long? before)
    {
        lock (_gate)
        {
            var page = _kept.Reverse().Where(kept => before is null || kept.Number < before).Take(limit).ToArray();
            var more = page.Length > 0 && page[^1].Number > _kept.Peek().Number;
            return new([.. page.Select(kept => kept.Notification)], more ? page[^1].Number : null);
        }
    }
}
