using System.Globalization;
using Polly;
using QuizAspire.Api.Http;
using QuizAspire.Core.Paging;

namespace QuizAspire.Api.Notifications;

/// <summary>The inbox of a local run, which AppHost holds.</summary>
internal sealed class NotificationInbox(HttpClient http)
{
    /// <exception cref="InvalidPageTokenException"/>
    /// <exception cref="HttpRequestException">AppHost does not answer.</exception>
    public async Task<Page<NotificationView>> ListAsync(int limit, string? pageToken, CancellationToken cancellationToken)
    {
        if (pageToken is not null && !(long.TryParse(pageToken, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
            throw new InvalidPageTokenException();
        var before = pageToken is null ? "" : $"&before={pageToken}";
        var path = string.Create(CultureInfo.InvariantCulture, $"notifications?limit={limit}{before}");
        try
        {
            var page = await http.GetFromJsonAsync(new Uri(path, UriKind.Relative), ApiJsonContext.Default.InboxPage, cancellationToken);
            return new(page!.Notifications, page.NextBefore?.ToString(CultureInfo.InvariantCulture));
        }
        catch (ExecutionRejectedException rejected)
        {
            // The pipeline's time is over, or it has seen AppHost fail too often to ask again.
            throw new HttpRequestException("The inbox does not answer.", rejected);
        }
    }
}
