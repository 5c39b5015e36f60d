namespace QuizAspire.Core.Health;

/// <summary>What waits in a queue, as approximate as SQS counts.</summary>
/// <param name="Available">Visible messages.</param>
/// <param name="InFlight">Received and not deleted yet.</param>
/// <param name="Delayed">Sent with a delay that is not over.</param>
/// <param name="OldestAge">Age of the oldest message that is not deleted; zero when there is none, null when it could not be had.</param>
public sealed record QueueMetrics(QueueIdentity Queue, long Available, long InFlight, long Delayed, TimeSpan? OldestAge = null)
{
    public bool IsEmpty => Available + InFlight + Delayed == 0;
}
