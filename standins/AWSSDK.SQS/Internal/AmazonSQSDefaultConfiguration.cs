#pragma warning disable CS0649
using Amazon.Runtime;
namespace Amazon.SQS.Internal;
internal static class AmazonSQSDefaultConfiguration
{
    public static IDefaultConfiguration[] GetAllConfigurations() => [];
}
internal class AmazonSQSEndpointProvider : Amazon.Runtime.Endpoints.IEndpointProvider
{
    public Amazon.Runtime.Endpoints.Endpoint ResolveEndpoint(Amazon.Runtime.Endpoints.EndpointParameters parameters) => throw new NotImplementedException();
}
internal static class Operations
{
    public static readonly object CreateQueue, DeleteQueue, PurgeQueue, GetQueueUrl, GetQueueAttributes, SetQueueAttributes, ListQueues, TagQueue, SendMessage, SendMessageBatch, ReceiveMessage, DeleteMessage, DeleteMessageBatch, ChangeMessageVisibility, ChangeMessageVisibilityBatch, ListDeadLetterSourceQueues, StartMessageMoveTask, ListMessageMoveTasks, CancelMessageMoveTask;
}
