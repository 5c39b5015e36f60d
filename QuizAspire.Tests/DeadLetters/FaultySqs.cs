using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace QuizAspire.Tests.DeadLetters;

/// <summary>A real client whose calls a test can watch, break or hold.</summary>
internal sealed class FaultySqs(string endpoint) : AmazonSQSClient(
    new BasicAWSCredentials("local", "local"),
    new AmazonSQSConfig { ServiceURL = endpoint, AuthenticationRegion = "us-west-1", MaxErrorRetry = 0, Timeout = TimeSpan.FromSeconds(5) })
{
    private readonly ConcurrentDictionary<string, string> _handles = new();

    /// <summary>Called after SQS has taken a batch.</summary>
    public Func<SendMessageBatchRequest, Task> AfterSend { get; set; } = _ => Task.CompletedTask;

    public Func<DeleteMessageBatchRequest, Task> BeforeDelete { get; set; } = _ => Task.CompletedTask;

    /// <summary>Bodies in the order in which they were sent.</summary>
    public ConcurrentQueue<string> Sent { get; } = new();

    public override async Task<ReceiveMessageResponse> ReceiveMessageAsync(
        ReceiveMessageRequest request, CancellationToken cancellationToken = default)
    {
        var response = await base.ReceiveMessageAsync(request, cancellationToken);
        foreach (var message in response.Messages ?? [])
            _handles[message.ReceiptHandle] = request.QueueUrl;
        return response;
    }

    public override async Task<SendMessageBatchResponse> SendMessageBatchAsync(
        SendMessageBatchRequest request, CancellationToken cancellationToken = default)
    {
        var response = await base.SendMessageBatchAsync(request, cancellationToken);
        foreach (var entry in request.Entries)
            Sent.Enqueue(entry.MessageBody);
        await AfterSend(request);
        return response;
    }

    public override async Task<SendMessageBatchResponse> SendMessageBatchAsync(
        string queueUrl, List<SendMessageBatchRequestEntry> entries, CancellationToken cancellationToken = default) =>
        await SendMessageBatchAsync(new SendMessageBatchRequest(queueUrl, entries), cancellationToken);

    public override async Task<DeleteMessageBatchResponse> DeleteMessageBatchAsync(
        string queueUrl, List<DeleteMessageBatchRequestEntry> entries, CancellationToken cancellationToken = default)
    {
        await BeforeDelete(new DeleteMessageBatchRequest(queueUrl, entries));
        return await base.DeleteMessageBatchAsync(queueUrl, entries, cancellationToken);
    }

    /// <summary>As if the visibility timeout of everything that this client has received were over.</summary>
    public async Task ExpireReceivesAsync(IAmazonSQS direct)
    {
        foreach (var (handle, queueUrl) in _handles)
        {
            try
            {
                await direct.ChangeMessageVisibilityAsync(queueUrl, handle, 0);
            }
            catch (AmazonSQSException)
            {
                // Deleted, or given back already.
            }
        }
        _handles.Clear();
    }
}
