using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using QuizAspire.Api.Http;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Sheets;

namespace QuizAspire.Api.Statistics;

/// <summary>The body of a sheet's request: lines in JSON, which are read at once, or CSV, which is not read before it can go to S3.</summary>
internal sealed class SheetBody : IEndpointParameterMetadataProvider
{
    private const int ReadBuffer = 64 * 1024;

    private readonly SheetRequest? _lines;
    private readonly Stream _csv = Stream.Null;

    private SheetBody(SheetRequest? lines, Refusal? refusal) => (_lines, Refusal) = (lines, refusal);

    private SheetBody(Stream csv) => _csv = csv;

    public Refusal? Refusal { get; }

    public StatisticsSource Source => _lines is null ? StatisticsSource.Csv : StatisticsSource.Json;

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json", UploadLimits.ContentType], typeof(SheetRequest)));

    public static async ValueTask<SheetBody?> BindAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.ContentEncoding is { Count: > 0 } coding && coding != "identity")
            return new(null, Refusal.Of(StatusCodes.Status415UnsupportedMediaType, "Content-Encoding", "must be identity or absent"));
        if (IsCsv(request))
            return request.ContentLength > SheetLimits.SheetBytes ? new(null, TooLarge()) : new(request.Body);
        var json = (await JsonBody<SheetRequest>.BindAsync(context))!;
        return new(json.Value, json.Value is null ? json.Refusal : SheetRules.Check(json.Value));
    }

    /// <summary>Hands the sheet on as it comes.</summary>
    /// <returns>Why it is none, or did not come to its end; null when all of it was handed on.</returns>
    public async Task<Refusal?> CopyToAsync(SheetUpload upload, CancellationToken cancellationToken)
    {
        try
        {
            if (_lines is null)
                return await CopyCsvAsync(upload, cancellationToken);
            await ScoreRows.WriteAsync(upload, _lines.Data, cancellationToken);
            return null;
        }
        catch (SheetTooLargeException)
        {
            return TooLarge();
        }
    }

    private async Task<Refusal?> CopyCsvAsync(SheetUpload upload, CancellationToken cancellationToken)
    {
        var buffer = new byte[ReadBuffer];
        while (true)
        {
            int read;
            try
            {
                read = await _csv.ReadAsync(buffer, cancellationToken);
            }
            catch (IOException exception) // the client's connection, not S3's
            {
                var status = (exception as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
                return Refusal.Of(status, "body", "could not be read to its end");
            }
            if (read == 0)
                return upload.Length > 0 ? null : Refusal.Malformed("body", "must not be empty");
            await upload.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private static bool IsCsv(HttpRequest request) =>
        request.GetTypedHeaders().ContentType is { } type && type.MediaType.Equals(UploadLimits.ContentType, StringComparison.OrdinalIgnoreCase)
        && (type.Charset.Value is not { Length: > 0 } charset || charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static Refusal TooLarge() => Refusal.TooLarge("body", $"must be at most {SheetLimits.SheetBytes} bytes");
}
