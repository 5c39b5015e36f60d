using System.Diagnostics;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using QuizAspire.Api.Telemetry;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.Api.Submissions;

/// <summary>
/// Sends what concurrent requests hand it in shared SendMessageBatch calls. There is no linger: a batch is whatever has gathered
/// while the earlier calls were under way, so one submission alone goes at once and a crowd shares calls.
/// </summary>
internal sealed partial class SubmissionSender(
    IAmazonSQS sqs, AwsResources resources, IOptions<SenderOptions> options, TimeProvider time, ApiMetrics metrics,
    ILogger<SubmissionSender> logger)
    : IHostedService, IDisposable
{
    private readonly SenderOptions _options = options.Value;
    private readonly string _queueName = QueueUrl.NameOf(resources.SqsQueueUrl);
    private readonly SendQueue _queue = new(options.Value.Capacity, options.Value.CapacityBytes);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inFlight;
    private bool _stopping;

    /// <summary>Messages that are in no call yet.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _queue.Waiting;
        }
    }

    /// <summary>
    /// Completes once SQS has answered for this message. A caller that stops waiting takes nothing from the others of its batch:
    /// the message is sent all the same, which a retry of the same submission then finds done.
    /// </summary>
    public Task<SendOutcome> SendAsync(OutgoingSubmission message, CancellationToken cancellationToken)
    {
        message.EnqueuedAt = time.GetTimestamp();
        message.BeginSpan(_queueName);
        bool taken;
        lock (_lock)
        {
            taken = !_stopping && _queue.TryAdd(message);
            if (taken)
                StartSenders();
        }
        if (!taken)
            message.Complete(SendOutcome.Busy, errorType: RefusedBecause.Busy);
        return message.Outcome.WaitAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes nothing more, and returns when all that was taken has its outcome, or when patience is over.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _stopping = true;
            if (_inFlight == 0)
                _drained.TrySetResult();
        }
        await using var giveUp = cancellationToken.UnsafeRegister(static abort => ((CancellationTokenSource)abort!).Cancel(), _abort);
        await _drained.Task;
    }

    public void Dispose() => _abort.Dispose();

    // Under the lock. The work item goes to the end of the pool's queue, behind the requests that are already being read there,
    // so that these still make it into the batch that is taken only when the item runs.
    private void StartSenders()
    {
        if (_inFlight >= _options.MaxBatchesInFlight || !_queue.HasReady)
            return;
        _inFlight++;
        ThreadPool.UnsafeQueueUserWorkItem(static sender => _ = sender.SendWhileReadyAsync(), this, preferLocal: false);
    }

    private async Task SendWhileReadyAsync()
    {
        List<OutgoingSubmission>? batch = null;
        while (true)
        {
            lock (_lock)
            {
                if (batch is not null)
                    _queue.Complete(batch);
                batch = _queue.Take();
                if (batch.Count == 0)
                {
                    if (--_inFlight == 0 && _stopping)
                        _drained.TrySetResult();
                    return;
                }
                StartSenders();
            }
            await SendBatchAsync(batch);
        }
    }

    private async Task SendBatchAsync(List<OutgoingSubmission> batch)
    {
        var fresh = batch.FindAll(message => time.GetElapsedTime(message.EnqueuedAt) < _options.MaxWait);
        EnterTrace(fresh);
        try
        {
            if (fresh.Count > 0)
                await CallAsync(fresh);
        }
        // Whatever it was, these submissions have no confirmation, and the next batch deserves its own try.
        catch (Exception exception)
        {
            LogCallFailed(fresh.Count, exception.GetType().Name, exception.Message);
            fresh.ForEach(message => message.Complete(SendOutcome.Unavailable, errorType: ServiceFailures.KindOf(exception)));
        }
        // Those whose turn came too late, and those that SQS gave no answer for: the others keep the outcome they have.
        foreach (var message in batch)
            message.Complete(SendOutcome.Unavailable, errorType: "expired");
    }

    // The call is below one of its messages: one whose trace is kept, if there is any, or nobody would see it.
    private static void EnterTrace(List<OutgoingSubmission> batch)
    {
        if (batch.Count == 0)
            return;
        var owner = batch.Find(message => message.Trace is { Recorded: true }) ?? batch[0];
        Activity.Current = owner.Trace;
        if (owner.Trace is not null)
            CallLinks.Begin(owner.Trace, batch.Select(message => message.Trace));
    }

    private async Task CallAsync(List<OutgoingSubmission> batch)
    {
        using var timeout = new CancellationTokenSource(_options.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _abort.Token);
        var entries = new List<SendMessageBatchRequestEntry>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
            entries.Add(batch[i].ToEntry(SendBatch.EntryId(i)));
        metrics.BatchSent(batch.Count);
        var response = await sqs.SendMessageBatchAsync(new SendMessageBatchRequest(resources.SqsQueueUrl, entries), either.Token);
        var outcomes = SendBatch.Outcomes(batch.Count, response);
        foreach (var failure in response.Failed ?? [])
            LogEntryFailed(failure.Code, failure.SenderFault);
        for (var i = 0; i < batch.Count; i++)
            batch[i].Complete(outcomes[i].Outcome, outcomes[i].MessageId, outcomes[i].Code);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "SendMessageBatch failed, so {Count} submissions are answered with 503: {Error}: {Reason}")]
    private partial void LogCallFailed(int count, string error, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "SQS refused one message of a batch: {Code}, sender's fault: {SenderFault}")]
    private partial void LogEntryFailed(string code, bool? senderFault);
}
