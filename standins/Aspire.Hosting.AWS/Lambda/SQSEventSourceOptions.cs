namespace Aspire.Hosting.AWS.Lambda;

public class SQSEventSourceOptions
{
    /// <summary>Instead of <c>SQSEventSource-{function}</c>.</summary>
    public string? ResourceName { get; set; }

    /// <summary>1 to 10 messages; 10 when not set.</summary>
    public int? BatchSize { get; set; }

    public bool? DisableMessageDelete { get; set; }

    /// <summary>In seconds. When not set, the queue's own, as on AWS; the real tool takes 30 then.</summary>
    public int? VisibilityTimeout { get; set; }
}
