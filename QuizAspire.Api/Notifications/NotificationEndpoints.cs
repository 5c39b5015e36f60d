using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using QuizAspire.Api.Http;

namespace QuizAspire.Api.Notifications;

/// <summary>What the topics told, for developers: there only where a local run has an inbox in place of mail.</summary>
internal static class NotificationEndpoints
{
    private const string AddressKey = "Notifications:Address";

    // More than the pipeline gives all attempts, which ends when an answer begins: this is the only limit of how long one may last.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    public static WebApplicationBuilder AddNotifications(this WebApplicationBuilder builder)
    {
        if (AddressOf(builder.Environment, builder.Configuration) is { } address)
            // How long an attempt may take, and how often it is tried, is the service defaults' to say.
            builder.Services.AddHttpClient<NotificationInbox>(http => (http.BaseAddress, http.Timeout) = (address, Limit));
        return builder;
    }

    public static WebApplication MapNotifications(this WebApplication app)
    {
        if (AddressOf(app.Environment, app.Configuration) is not null)
            app.MapGet("/notifications", ListAsync).WithName("ListNotifications").WithTags("Operations").Refuses(400, 503)
                .WithSummary("Read what would have been mailed")
                .WithDescription("The newest first; of this run, and at most the last 500. In Development alone, where nothing sends mail.");
        return app;
    }

    private static async Task<Results<Ok<NotificationsPage>, Refusal>> ListAsync(
        [FromQuery, Description(PageQuery.LimitDescription)] string? limit,
        [FromQuery(Name = "page_token"), Description(PageQuery.TokenDescription)] string? pageToken,
        NotificationInbox inbox, CancellationToken cancellationToken)
    {
        var (page, refusal) = await PageQuery.ReadAsync(limit, pageToken, count => inbox.ListAsync(count, pageToken, cancellationToken));
        return page is null
            ? refusal!
            : TypedResults.Ok(new NotificationsPage(page.Items, page.NextPageToken, PageQuery.NextLink("/notifications", limit, page.NextPageToken)));
    }

    private static Uri? AddressOf(IHostEnvironment environment, IConfiguration configuration) =>
        environment.IsDevelopment() && Uri.TryCreate(configuration[AddressKey], UriKind.Absolute, out var address) ? address : null;
}
