using System.Diagnostics;
using System.Text;
using Amazon.SQS.Model;
using QuizAspire.Api.Telemetry;
using QuizAspire.Core.Telemetry;

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
    private readonly int _bodySize = Encoding.UTF8.GetByteCount(body);
    private Activity? _span;
    private ActivityContext _context;
    private int _contextSize;

    /// <summary>The message group.</summary>
    public string StudentId { get; } = studentId;

    /// <summary>The deduplication id.</summary>
    public string SubmissionId { get; } = submissionId;

    /// <summary>Bytes that count against the size of a message and of a batch.</summary>
    public int Size => _bodySize + _contextSize;

    /// <summary>Timestamp of the sender's clock after which nobody waits for it any more.</summary>
    public long EnqueuedAt { get; set; }

    /// <summary>What is done for it belongs below this: its own span, or where that is not kept the request's. Null where nobody traces.</summary>
    public Activity? Trace { get; private set; }

    public Task<SendOutcome> Outcome => _outcome.Task;

    /// <summary>Begins its span, which ends with its outcome.</summary>
    public void BeginSpan(string queue)
    {
        _span = ApiSpans.StartSend(queue, ApiSpans.SubmissionId, SubmissionId, _bodySize);
        Trace = _span ?? Activity.Current;
        _context = ApiSpans.ContextOf(_span);

        // All of it is ASCII. A message that is as large as one may be goes without; the system attribute counts towards no limit.
        var size = TraceCarrier.FieldsOf(_context).Sum(field => field.Key.Length + "String".Length + field.Value.Length);
        _contextSize = _bodySize + size <= SendQueue.MaxBatchBytes ? size : 0;
    }

    public SendMessageBatchRequestEntry ToEntry(string entryId)
    {
        var entry = new SendMessageBatchRequestEntry(entryId, body) { MessageGroupId = StudentId, MessageDeduplicationId = SubmissionId };
        TraceCarrier.Inject(_context, entry);
        if (_contextSize == 0)
            entry.MessageAttributes = null;
        return entry;
    }

    /// <summary>The first outcome counts.</summary>
    /// <param name="messageId">Of one that is confirmed.</param>
    /// <param name="errorType">Of one that is not.</param>
    public void Complete(SendOutcome outcome, string? messageId = null, string? errorType = null)
    {
        if (_outcome.Task.IsCompleted)
            return;
        if (_span is { IsAllDataRequested: true })
        {
            _span.SetTag(ApiSpans.MessageId, messageId);
            if (outcome != SendOutcome.Confirmed)
                _span.Fail(errorType ?? "unconfirmed");
        }
        // Before its request goes on: a function sends its spans before it answers.
        _span?.Dispose();
        _outcome.SetResult(outcome);
    }
}
