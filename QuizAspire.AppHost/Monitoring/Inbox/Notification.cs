namespace QuizAspire.AppHost.Monitoring.Inbox;

/// <summary>What a topic has told.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Subject">Of the mail that it would have been; null where none was given.</param>
internal sealed record Notification(string Topic, string? Subject, string Message, DateTimeOffset SentAt, string MessageId);

/// <param name="NextBefore">Where the next page begins; null on the last one.</param>
internal sealed record NotificationPage(IReadOnlyList<Notification> Notifications, long? NextBefore);
