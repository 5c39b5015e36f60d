using System.ComponentModel.DataAnnotations;

namespace QuizAspire.Api.Submissions;

/// <summary>Bounds of the buffer between requests and SQS (configuration section <c>Submissions:Sender</c>).</summary>
internal sealed class SenderOptions
{
    public const string Section = "Submissions:Sender";

    /// <summary>Messages that may wait; one more is answered with 503.</summary>
    [Range(1, 100_000)]
    public int Capacity { get; set; } = 2_000;

    /// <summary>Bytes of messages that may wait, so that large ones cannot fill the memory.</summary>
    [Range(SendQueue.MaxBatchBytes, int.MaxValue)]
    public int CapacityBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>SendMessageBatch calls under way at once.</summary>
    [Range(1, 64)]
    public int MaxBatchesInFlight { get; set; } = 4;

    /// <summary>How long one call may take, the SDK's retries included.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a message may wait for its turn before it is given up unsent.</summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(5);
}
