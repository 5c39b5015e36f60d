namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>A queue of the template.</summary>
/// <param name="DeadLetterQueueArn">
/// Where its messages go after <paramref name="MaxReceiveCount"/> receives; both null without a redrive policy.
/// </param>
internal sealed record PlannedQueue(string Name, string Url, string Arn, bool IsFifo, string? DeadLetterQueueArn, int? MaxReceiveCount);

/// <summary>A DynamoDB table of the template.</summary>
internal sealed record PlannedTable(string Name);

/// <summary>An SNS topic of the template.</summary>
internal sealed record PlannedTopic(string Name, string Arn)
{
    /// <summary>The name in a topic's ARN, which is its last part.</summary>
    public static string NameIn(string arn) => arn[(arn.LastIndexOf(':') + 1)..];
}

/// <summary>A subscription of the template whose condition holds, such as that of a mail address that was given.</summary>
internal sealed record PlannedSubscription(string TopicArn, string Protocol, string Endpoint);
