namespace QuizAspire.Api.Submissions;

/// <summary>
/// Which waiting messages go into the next batch. A student with a message in flight is passed over until that batch has been
/// answered, so two messages of one group are never in flight in different batches and keep their order; within a batch SQS keeps it.
/// Not synchronized: its owner holds a lock.
/// </summary>
internal sealed class SendQueue(int capacity, long capacityBytes)
{
    /// <summary>The most entries that SendMessageBatch takes.</summary>
    public const int MaxBatchEntries = 10;

    /// <summary>The most bytes of all bodies in a batch, and of one message: 1 MiB.</summary>
    public const int MaxBatchBytes = 1024 * 1024;

    private readonly Dictionary<string, Group> _groups = [];
    private readonly Queue<Group> _ready = [];
    private long _waitingBytes;

    public int Waiting { get; private set; }

    /// <summary>Is there a message that may be sent now?</summary>
    public bool HasReady => _ready.Count > 0;

    /// <summary>False when the buffer is full; the message is then not in it.</summary>
    public bool TryAdd(OutgoingSubmission message)
    {
        if (Waiting >= capacity || _waitingBytes + message.Size > capacityBytes)
            return false;
        if (!_groups.TryGetValue(message.StudentId, out var group))
            _groups.Add(message.StudentId, group = new Group(message.StudentId));
        if (group.Messages.Count == 0 && !group.InFlight)
            _ready.Enqueue(group);
        group.Messages.Enqueue(message);
        Waiting++;
        _waitingBytes += message.Size;
        return true;
    }

    /// <summary>
    /// The next batch, in order of arrival by student; empty when nothing may be sent now. Each taken batch must be given back
    /// to <see cref="Complete"/>.
    /// </summary>
    public List<OutgoingSubmission> Take()
    {
        var batch = new List<OutgoingSubmission>(Math.Min(MaxBatchEntries, Waiting));
        var bytes = 0;
        while (batch.Count < MaxBatchEntries && _ready.TryPeek(out var group) && bytes + group.Messages.Peek().Size <= MaxBatchBytes)
        {
            _ready.Dequeue();
            group.InFlight = true;
            while (batch.Count < MaxBatchEntries && group.Messages.TryPeek(out var message) && bytes + message.Size <= MaxBatchBytes)
            {
                batch.Add(group.Messages.Dequeue());
                bytes += message.Size;
            }
        }
        Waiting -= batch.Count;
        _waitingBytes -= bytes;
        return batch;
    }

    /// <summary>The batch has been answered, so its students' later messages may go.</summary>
    public void Complete(List<OutgoingSubmission> batch)
    {
        foreach (var message in batch)
        {
            if (!_groups.TryGetValue(message.StudentId, out var group) || !group.InFlight)
                continue; // an earlier entry of this batch has released the student
            group.InFlight = false;
            if (group.Messages.Count > 0)
                _ready.Enqueue(group);
            else
                _groups.Remove(group.StudentId);
        }
    }

    private sealed class Group(string studentId)
    {
        public string StudentId { get; } = studentId;

        public Queue<OutgoingSubmission> Messages { get; } = new(1);

        public bool InFlight { get; set; }
    }
}
