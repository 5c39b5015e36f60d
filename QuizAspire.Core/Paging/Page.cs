namespace QuizAspire.Core.Paging;

/// <param name="NextPageToken">Opaque; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextPageToken);
