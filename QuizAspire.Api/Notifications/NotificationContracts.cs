using System.ComponentModel;

namespace QuizAspire.Api.Notifications;

/// <summary>What a topic has told: what would be a mail in AWS.</summary>
/// <param name="Topic">The name of the topic.</param>
/// <param name="Subject">Absent where none was given.</param>
internal sealed record NotificationView(string Topic, string? Subject, string Message, DateTimeOffset SentAt, string MessageId);

internal sealed record NotificationsPage(
    IReadOnlyList<NotificationView> Notifications,
    [property: Description("For page_token of the next request; absent on the last page.")] string? NextPageToken = null,
    [property: Description("Path and query of the next page; absent on the last.")] string? Next = null);

/// <summary>As AppHost answers.</summary>
/// <param name="NextBefore">Where the next page begins; null on the last one.</param>
internal sealed record InboxPage(IReadOnlyList<NotificationView> Notifications, long? NextBefore);
