using Amazon;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace QuizAspire.Tests.Health;

/// <summary>A topic that keeps what it was told, behind a gate that the test opens.</summary>
internal sealed class MemoryTopic(List<string> told, Func<string, Task> gate)
    : AmazonSimpleNotificationServiceClient(new AnonymousAWSCredentials(), RegionEndpoint.USWest1)
{
    public override async Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default)
    {
        await gate("publish");
        told.Add(request.Message);
        return new PublishResponse { MessageId = "1" };
    }
}
