using QuizAspire.Core.Aws;

namespace QuizAspire.Core.DeadLetters;

/// <summary>A dead-letter queue and the one queue whose messages end there.</summary>
/// <param name="Name">Such as <c>quiz-submissions-dlq.fifo</c>.</param>
/// <param name="HoldsSubmissions">Whether its messages are submissions, so that each has a place in the results table.</param>
internal sealed record DeadLetterQueue(string Name, string Url, string SourceUrl, bool HoldsSubmissions)
{
    public bool IsFifo => Name.EndsWith(".fifo", StringComparison.Ordinal);

    public string SourceName => QueueUrl.NameOf(SourceUrl);

    /// <summary>Those of the stack.</summary>
    /// <exception cref="MissingResourceException"/>
    public static IReadOnlyList<DeadLetterQueue> All(AwsResources resources) =>
    [
        Of(resources.DlqUrl, resources.SqsQueueUrl, holdsSubmissions: true),
        Of(resources.StatisticsRequestsDlqUrl, resources.StatisticsRequestsQueueUrl),
        Of(resources.StatisticsCompletedDlqUrl, resources.StatisticsCompletedQueueUrl),
    ];

    public static DeadLetterQueue Of(string url, string sourceUrl, bool holdsSubmissions = false) =>
        new(QueueUrl.NameOf(url), url, sourceUrl, holdsSubmissions);
}
