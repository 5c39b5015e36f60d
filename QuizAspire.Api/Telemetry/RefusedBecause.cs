using QuizAspire.Core.Aws;

namespace QuizAspire.Api.Telemetry;

/// <summary>Why submissions are refused, in as many words as a metric's attribute may have.</summary>
internal static class RefusedBecause
{
    /// <summary>It is not what a submission, or an answer to its quiz, must be.</summary>
    public const string Invalid = "invalid";

    public const string UnknownQuiz = "unknown_quiz";

    /// <summary>The idempotency key was used for another submission.</summary>
    public const string KeyReused = "key_reused";

    /// <summary>More is waiting to be sent than this process holds.</summary>
    public const string Busy = "busy";

    /// <summary>A store or the queue did not answer.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The queue would not have it.</summary>
    public const string Refused = "refused";

    /// <summary>The client went away, or the time was over.</summary>
    public const string Canceled = "canceled";

    /// <summary>An error of ours.</summary>
    public const string Fault = "fault";

    public static string Of(Exception exception, CancellationToken request) =>
        request.IsCancellationRequested ? Canceled : ServiceFailures.IsFailure(exception) ? Unavailable : Fault;
}
