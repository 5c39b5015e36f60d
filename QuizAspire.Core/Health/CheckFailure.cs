using System.Text;
using Amazon.Runtime;

namespace QuizAspire.Core.Health;

/// <summary>Why the check, or its look at one queue, failed.</summary>
public static class CheckFailure
{
    // An alert is for people, and SNS takes 256 KB.
    private const int MaxText = 2000;

    /// <param name="queue">The queue that could not be read; null when it was something else.</param>
    public static Finding Find(Exception exception, QueueIdentity? queue = null)
    {
        var key = queue is null ? $"check-failed:{Code(exception)}" : $"unreadable:{queue.Name}:{Code(exception)}";
        return new Finding(key, 1, $"CRITICAL: Health check Lambda failed with error: {Describe(exception, queue)}", IsFailure: true);
    }

    /// <summary>A sentence with the error's own words and its code.</summary>
    public static string Describe(Exception exception, QueueIdentity? queue = null)
    {
        var text = exception switch
        {
            OperationCanceledException => "the time allowed ran out before it answered",
            AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"{exception.Message} ({code})",
            _ => exception.Message,
        };
        return Shortened(queue is null ? text : $"queue {queue.Title} could not be read: {text}");
    }

    /// <summary>The same for the same kind of failure: messages name hosts and times, which change from run to run.</summary>
    private static string Code(Exception exception) => exception switch
    {
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => code,
        OperationCanceledException or HttpRequestException or IOException or AmazonClientException => "no-answer",
        _ => exception.GetType().Name,
    };

    private static string Shortened(string text)
    {
        if (text.Length <= MaxText)
            return text;

        // Not between the halves of a surrogate pair.
        var end = char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText;
        return new StringBuilder(text, 0, end, end + 3).Append("...").ToString();
    }
}
