using System.Buffers;
using System.IO.Pipelines;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace QuizAspire.Api.Http;

/// <summary>What a request body may be: its most bytes, and how its JSON is read.</summary>
internal interface IJsonBody<T>
{
    static abstract int MaxBytes { get; }

    static abstract JsonTypeInfo<T> TypeInfo { get; }
}

/// <summary>
/// A JSON body, or the refusal that says what is wrong with it and where. The framework's own binding answers a bad body
/// without naming a field, and reads a chunked body to the server's limit before the endpoint has a say.
/// </summary>
internal sealed class JsonBody<T> : IEndpointParameterMetadataProvider
    where T : class, IJsonBody<T>
{
    private JsonBody(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>Null exactly when <see cref="Refusal"/> is not.</summary>
    public T? Value { get; }

    public Refusal? Refusal { get; }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));

    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsJson(request))
            return new(null, Refusal.UnsupportedMediaType());
        if (request.ContentLength > T.MaxBytes)
            return new(null, TooLarge());
        try
        {
            return await ReadAsync(request.BodyReader, context.RequestAborted);
        }
        catch (BadHttpRequestException exception)
        {
            return new(null, exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? TooLarge()
                : Refusal.Of(exception.StatusCode, "body", "could not be read to its end"));
        }
    }

    private static async ValueTask<JsonBody<T>> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > T.MaxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return new(null, TooLarge());
            }
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            var body = Parse(read.Buffer);
            reader.AdvanceTo(read.Buffer.End);
            return body;
        }
    }

    private static JsonBody<T> Parse(ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
            return Parse(body.FirstSpan);
        var rented = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(rented);
            return Parse(rented.AsSpan(0, (int)body.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static JsonBody<T> Parse(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
            return new(null, Refusal.Malformed("body", "must not begin with a byte order mark"));
        if (!Utf8.IsValid(body))
            return new(null, Refusal.Malformed("body", "must be UTF-8"));
        if (body.IsEmpty)
            return new(null, Refusal.Malformed("body", "must not be empty"));
        try
        {
            var value = JsonSerializer.Deserialize(body, T.TypeInfo);
            return value is null ? new(null, Refusal.Malformed("body", "must be a JSON object")) : new(value, null);
        }
        catch (JsonException exception)
        {
            return new(null, JsonFault.Describe(exception, T.TypeInfo.Options.MaxDepth));
        }
    }

    private static bool IsJson(HttpRequest request)
    {
        if (request.ContentType == "application/json")
            return true;
        if (!request.HasJsonContentType())
            return false;
        var charset = request.GetTypedHeaders().ContentType?.Charset.Value?.Trim('"');
        return charset is null || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
    }

    private static Refusal TooLarge() => Refusal.TooLarge("body", $"must be at most {T.MaxBytes} bytes");
}
