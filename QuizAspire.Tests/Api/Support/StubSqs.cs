using System.Collections.Concurrent;
using Amazon;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace QuizAspire.Tests.Api.Support;

/// <summary>An SQS client whose SendMessageBatch does as the test says, and which remembers the batches that it was given.</summary>
internal sealed class StubSqs(Func<SendMessageBatchRequest, CancellationToken, Task<SendMessageBatchResponse>> send)
    : AmazonSQSClient(new AnonymousAWSCredentials(), RegionEndpoint.USWest1)
{
    private readonly ConcurrentQueue<SendMessageBatchRequest> _batches = new();

    public IReadOnlyList<SendMessageBatchRequest> Batches => [.. _batches];

    public override Task<SendMessageBatchResponse> SendMessageBatchAsync(
        SendMessageBatchRequest request, CancellationToken cancellationToken = default)
    {
        _batches.Enqueue(request);
        return send(request, cancellationToken);
    }

    public static StubSqs Confirming() => new((request, _) => Task.FromResult(Confirm(request)));

    public static SendMessageBatchResponse Confirm(SendMessageBatchRequest request) => new()
    {
        Successful = [.. request.Entries.Select(entry => new SendMessageBatchResultEntry { Id = entry.Id })],
        Failed = [],
    };
}
