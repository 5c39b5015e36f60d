namespace Amazon.SimpleNotificationService.Model;

/// <summary>Where a topic's messages go.</summary>
public class Subscription
{
    public string Endpoint { get; set; }
    public string Owner { get; set; }
    public string Protocol { get; set; }
    /// <summary><c>PendingConfirmation</c> until the owner of the endpoint has agreed.</summary>
    public string SubscriptionArn { get; set; }
    public string TopicArn { get; set; }
}
