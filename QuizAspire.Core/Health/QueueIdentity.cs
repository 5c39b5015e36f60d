using QuizAspire.Core.Aws;

namespace QuizAspire.Core.Health;

/// <summary>What a queue is for, which decides its threshold and how an alert names it.</summary>
public enum QueueKind
{
    /// <summary>The queue of submissions.</summary>
    Main,

    /// <summary>The dead letters of the main queue.</summary>
    MainDeadLetters,

    /// <summary>Another queue that a function consumes.</summary>
    Work,

    /// <summary>The dead letters of such a queue.</summary>
    DeadLetters,
}

/// <summary>A queue that the health check looks at.</summary>
public sealed record QueueIdentity(string Url, QueueKind Kind)
{
    /// <summary>As AWS knows it: the last segment of its URL, with <c>.fifo</c> if it is one.</summary>
    public string Name { get; } = QueueUrl.NameOf(Url);

    /// <summary>As alerts and results call it, without <c>.fifo</c>.</summary>
    public string Title => Name.EndsWith(".fifo", StringComparison.Ordinal) ? Name[..^".fifo".Length] : Name;

    public bool HoldsDeadLetters => Kind is QueueKind.MainDeadLetters or QueueKind.DeadLetters;
}
