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
    private readonly SendMessageBatchRequestEntry _entry = new("", body) { MessageGroupId = studentId, MessageDeduplicationId = submissionId };
    private Activity? _span;

    /// <summary>The message group.</summary>
    public string StudentId => _entry.MessageGroupId;

    /// <summary>The deduplication id.</summary>
    public string SubmissionId => _entry.MessageDeduplicationId;

    /// <summary>Bytes that count against the size of a message and of a batch.</summary>
    public int Size { get; private set; } = Encoding.UTF8.GetByteCount(body);

    /// <summary>Timestamp of the sender's clock after which nobody waits for it any more.</summary>
    public long EnqueuedAt { get; set; }

    /// <summary>What is done for it belongs below this: its own span, or where that is not kept the request's. Null where nobody traces.</summary>
    public Activity? Trace { get; private set; }

    public Task<SendOutcome> Outcome => _outcome.Task;

    /// <summary>Begins its span, which ends with its outcome.</summary>
    public void BeginSpan(string queue)
    {
        _span = ApiSpans.StartSend(queue, ApiSpans.SubmissionId, SubmissionId, Size);
        Trace = _span ?? Activity.Current;
        TraceCarrier.Inject(ApiSpans.ContextOf(_span), _entry);

        // A message that is as large as one may be goes without; the system attribute counts towards no limit.
        var context = _entry.MessageAttributes?.Sum(SizeOf) ?? 0;
        if (Size + context > SendQueue.MaxBatchBytes)
            _entry.MessageAttributes = null;
        else
            Size += context;
    }

    public SendMessageBatchRequestEntry ToEntry(string entryId)
    {
        _entry.Id = entryId;
        return _entry;
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
        _outcome.TrySetResult(outcome);
    }

    // All of a context is ASCII.
    private static int SizeOf(KeyValuePair<string, MessageAttributeValue> attribute) =>
        attribute.Key.Length + attribute.Value.DataType.Length + attribute.Value.StringValue.Length;
}
