using System.Diagnostics;
using Amazon.SimpleNotificationService.Model;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.Functions.Telemetry;

internal static class TopicContext
{
    /// <summary>Gives a notification the context of its publishing: SNS hands message attributes on to the queues that subscribe.</summary>
    public static void Carry(this PublishRequest request, Activity? publishing)
    {
        foreach (var (name, value) in TraceCarrier.FieldsOf(TraceCarrier.ContextOf(publishing)))
        {
            request.MessageAttributes ??= [];
            request.MessageAttributes[name] = new MessageAttributeValue { DataType = "String", StringValue = value };
        }
    }
}
