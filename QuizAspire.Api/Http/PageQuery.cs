using System.Globalization;
using QuizAspire.Core.Paging;

namespace QuizAspire.Api.Http;

/// <summary>The query parameters <c>limit</c> and <c>page_token</c> that every listing has.</summary>
internal static class PageQuery
{
    public const int MaxLimit = 100;
    public const int DefaultLimit = 20;
    public const string LimitDescription = "How many to return at most.";
    public const string TokenDescription = "next_page_token of the page before; absent for the first page.";

    // Far above what a store makes, far below what would be worth decoding.
    private const int MaxTokenLength = 4_096;

    /// <summary>Reads a page, with each parameter's faults named by its own name.</summary>
    public static async Task<(Page<T>? Page, Refusal? Refusal)> ReadAsync<T>(string? limit, string? pageToken, Func<int, Task<Page<T>>> read)
    {
        var count = DefaultLimit;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > MaxLimit))
            return (null, Refusal.Malformed("limit", $"must be a whole number from 1 to {MaxLimit}"));
        if (pageToken is { Length: 0 or > MaxTokenLength })
            return (null, BadToken());
        try
        {
            return (await read(count), null);
        }
        catch (InvalidPageTokenException)
        {
            return (null, BadToken());
        }
    }

    /// <summary>The path and query of the next page, or null after the last.</summary>
    public static string? NextLink(string path, string? limit, string? nextPageToken)
    {
        if (nextPageToken is null)
            return null;
        var token = "page_token=" + Uri.EscapeDataString(nextPageToken);
        return limit is null ? $"{path}?{token}" : $"{path}?limit={limit}&{token}";
    }

    private static Refusal BadToken() => Refusal.Malformed("page_token", "is not a token that this listing returned");
}
