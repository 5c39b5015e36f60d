using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

internal static class Operations
{
    public static readonly Operation<CancelMessageMoveTaskRequest, CancelMessageMoveTaskResponse> CancelMessageMoveTask =
        new("CancelMessageMoveTask");
    public static readonly Operation<ChangeMessageVisibilityRequest, ChangeMessageVisibilityResponse> ChangeMessageVisibility =
        new("ChangeMessageVisibility", hasOutput: false);
    public static readonly Operation<ChangeMessageVisibilityBatchRequest, ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatch =
        new("ChangeMessageVisibilityBatch");
    public static readonly Operation<CreateQueueRequest, CreateQueueResponse> CreateQueue = new("CreateQueue");
    public static readonly Operation<DeleteMessageRequest, DeleteMessageResponse> DeleteMessage = new("DeleteMessage", hasOutput: false);
    public static readonly Operation<DeleteMessageBatchRequest, DeleteMessageBatchResponse> DeleteMessageBatch = new("DeleteMessageBatch");
    public static readonly Operation<DeleteQueueRequest, DeleteQueueResponse> DeleteQueue = new("DeleteQueue", hasOutput: false);
    public static readonly Operation<GetQueueAttributesRequest, GetQueueAttributesResponse> GetQueueAttributes = new("GetQueueAttributes");
    public static readonly Operation<GetQueueUrlRequest, GetQueueUrlResponse> GetQueueUrl = new("GetQueueUrl");
    public static readonly Operation<ListDeadLetterSourceQueuesRequest, ListDeadLetterSourceQueuesResponse> ListDeadLetterSourceQueues =
        new("ListDeadLetterSourceQueues");
    public static readonly Operation<ListMessageMoveTasksRequest, ListMessageMoveTasksResponse> ListMessageMoveTasks = new("ListMessageMoveTasks");
    public static readonly Operation<ListQueuesRequest, ListQueuesResponse> ListQueues = new("ListQueues");
    public static readonly Operation<PurgeQueueRequest, PurgeQueueResponse> PurgeQueue = new("PurgeQueue", hasOutput: false);
    public static readonly Operation<ReceiveMessageRequest, ReceiveMessageResponse> ReceiveMessage = new("ReceiveMessage");
    public static readonly Operation<SendMessageRequest, SendMessageResponse> SendMessage = new("SendMessage");
    public static readonly Operation<SendMessageBatchRequest, SendMessageBatchResponse> SendMessageBatch = new("SendMessageBatch");
    public static readonly Operation<SetQueueAttributesRequest, SetQueueAttributesResponse> SetQueueAttributes =
        new("SetQueueAttributes", hasOutput: false);
    public static readonly Operation<StartMessageMoveTaskRequest, StartMessageMoveTaskResponse> StartMessageMoveTask = new("StartMessageMoveTask");
    public static readonly Operation<TagQueueRequest, TagQueueResponse> TagQueue = new("TagQueue", hasOutput: false);
}
