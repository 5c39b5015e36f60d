namespace QuizAspire.Core.Aws;

/// <summary>What a queue's URL says.</summary>
internal static class QueueUrl
{
    /// <summary>The queue's name, which is the last part: <c>quiz-submissions.fifo</c>.</summary>
    public static string NameOf(string url) => url[(url.LastIndexOf('/') + 1)..];
}
