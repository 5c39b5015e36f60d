using System.Text;

namespace QuizAspire.Api.Submissions;

/// <summary>What became of a message that was handed to the sender.</summary>
internal enum SendOutcome
{
    /// <summary>SQS has it.</summary>
    Confirmed,

    /// <summary>The buffer is full or the process is stopping; it was never tried.</summary>
    Busy,

    /// <summary>SQS could not be reached, throttled, or did not answer in time; it may or may not have the message.</summary>
    Unavailable,

    /// <summary>SQS refused this very message, and would again.</summary>
    Refused,
}

/// <summary>One message on its way to the queue, and the promise of its outcome.</summary>
internal sealed class OutgoingSubmission(string studentId, string submissionId, string body)
{
    private readonly TaskCompletionSource<SendOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The message group.</summary>
    public string StudentId { get; } = studentId;

    /// <summary>The deduplication id.</summary>
    public string SubmissionId { get; } = submissionId;

    public string Body { get; } = body;

    /// <summary>Bytes that count against the size of a message and of a batch.</summary>
    public int Size { get; } = Encoding.UTF8.GetByteCount(body);

    /// <summary>Timestamp of the sender's clock after which nobody waits for it any more.</summary>
    public long EnqueuedAt { get; set; }

    public Task<SendOutcome> Outcome => _outcome.Task;

    public void Complete(SendOutcome outcome) => _outcome.TrySetResult(outcome);
}
