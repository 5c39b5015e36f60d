using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace QuizAspire.Api.Http;

/// <summary>
/// Every answer of this API that is not a success: problem details (RFC 9457) whose <c>errors</c> name the fields.
/// The type is left out, which stands for <c>about:blank</c>, so the title is the status phrase and the detail says the rest.
/// </summary>
internal sealed class Refusal : IResult, IStatusCodeHttpResult, IValueHttpResult, IValueHttpResult<HttpValidationProblemDetails>
{
    public const string ContentType = "application/problem+json";

    private readonly TimeSpan? _retryAfter;

    private Refusal(int status, string? detail, FieldErrors? errors = null, TimeSpan? retryAfter = null)
    {
        _retryAfter = retryAfter;
        Value = new HttpValidationProblemDetails(errors?.ToDictionary() ?? [])
        {
            Status = status,
            Title = ReasonPhrases.GetReasonPhrase(status),
            Detail = detail,
        };
    }

    public HttpValidationProblemDetails Value { get; }

    public int? StatusCode => Value.Status;

    object? IValueHttpResult.Value => Value;

    /// <summary>400: the request cannot be read as what it should be.</summary>
    public static Refusal Malformed(string field, string message) => Of(StatusCodes.Status400BadRequest, field, message);

    public static Refusal Malformed(FieldErrors errors) =>
        new(StatusCodes.Status400BadRequest, "The request is not well formed; errors names each field.", errors);

    /// <summary>422: well formed, and still not something that can be done.</summary>
    public static Refusal Unprocessable(string field, string message) => Of(StatusCodes.Status422UnprocessableEntity, field, message);

    public static Refusal Unprocessable(FieldErrors errors) =>
        new(StatusCodes.Status422UnprocessableEntity, "The request is well formed but cannot be accepted; errors names each field.", errors);

    public static Refusal NotFound(string field, string message) => Of(StatusCodes.Status404NotFound, field, message);

    public static Refusal TooLarge(string field, string message) => Of(StatusCodes.Status413PayloadTooLarge, field, message);

    public static Refusal UnsupportedMediaType() =>
        Of(StatusCodes.Status415UnsupportedMediaType, "Content-Type", "must be application/json in UTF-8, or for a score sheet text/csv in UTF-8");

    /// <summary>409: not now, but the same request may be sent again after <paramref name="retryAfter"/>.</summary>
    public static Refusal Conflict(string field, string message, TimeSpan retryAfter)
    {
        var errors = new FieldErrors();
        errors.Add(field, message);
        return new Refusal(StatusCodes.Status409Conflict, $"{field} {message}.", errors, retryAfter);
    }

    /// <summary>503: nothing was accepted, and the same request may be sent again after <paramref name="retryAfter"/>.</summary>
    public static Refusal Unavailable(string detail, TimeSpan retryAfter) =>
        new(StatusCodes.Status503ServiceUnavailable, detail, retryAfter: retryAfter);

    /// <summary>500: not the request's fault, so it is told nothing.</summary>
    public static Refusal Fault(string detail) => new(StatusCodes.Status500InternalServerError, detail);

    /// <summary>For what the framework refuses by status alone.</summary>
    public static Refusal Of(int status) => status switch
    {
        StatusCodes.Status404NotFound => Of(status, "path", "leads to nothing in this API"),
        StatusCodes.Status405MethodNotAllowed => Of(status, "method", "is not one that this path has"),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType(),
        _ => new(status, null),
    };

    public static Refusal Of(int status, string field, string message)
    {
        var errors = new FieldErrors();
        errors.Add(field, message);
        return new Refusal(status, $"{field} {message}.", errors);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Value.Status!.Value;
        response.Headers.CacheControl = "no-store";
        if (_retryAfter is { } delay)
            response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (Activity.Current is { } activity)
            Value.Extensions["trace_id"] = activity.TraceId.ToHexString();
        return response.WriteAsJsonAsync(Value, ApiJsonContext.Default.HttpValidationProblemDetails, ContentType, httpContext.RequestAborted);
    }
}
