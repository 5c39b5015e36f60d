using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace QuizAspire.AppHost.Monitoring.Inbox;

/// <summary><c>GET /notifications</c> of AppHost's own server: the newest first, in pages.</summary>
internal static class NotificationRoutes
{
    public const string Path = "/notifications";
    public const int MaxLimit = 100;
    private const int DefaultLimit = 20;

    public static void MapNotifications(this IEndpointRouteBuilder routes, NotificationBox box) => routes.MapGet(Path, context =>
    {
        var query = context.Request.Query;
        if (Read(query["limit"], DefaultLimit, 1, MaxLimit) is not { } limit
            || Read(query["before"], long.MaxValue, 1, long.MaxValue) is not { } before)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(
            box.Page((int)limit, before), NotificationJson.Default.NotificationPage, contentType: null, context.RequestAborted);
    });

    /// <returns>Null for what is not a number within the bounds.</returns>
    private static long? Read(string? text, long absent, long least, long most) =>
        text is null ? absent
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NotificationPage))]
internal sealed partial class NotificationJson : JsonSerializerContext;
