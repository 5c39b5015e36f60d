using System.Text.Json.Serialization;
using Amazon.Lambda.SQSEvents;

namespace QuizAspire.Functions.Batches;

[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
internal sealed partial class QueueEventJson : JsonSerializerContext;
