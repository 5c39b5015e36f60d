using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using QuizAspire.Api.Http;
using QuizAspire.Core.Statistics.Sheets;

namespace QuizAspire.Api.Statistics;

/// <summary>Members may be missing or null whatever their types say: <see cref="UploadRules"/> looks.</summary>
[Description("A score sheet that the client uploads in parts.")]
internal sealed record UploadRequest([property: Description("Of the whole sheet."), Range(1L, SheetLimits.SheetBytes)] long SizeBytes)
    : IJsonBody<UploadRequest>
{
    public static int MaxBytes => 4 * 1024;

    public static JsonTypeInfo<UploadRequest> TypeInfo => ApiJsonContext.Default.UploadRequest;
}

[Description("An upload that has begun. Each part is PUT to its url; the ETag of each answer is needed to complete the upload.")]
internal sealed record UploadView(
    string UploadId,
    [property: Description("Of all parts but the last.")] int PartSizeBytes,
    IReadOnlyList<UploadPartView> Parts,
    [property: Description("Until then the parts can be uploaded.")] DateTimeOffset ExpiresAt);

internal sealed record UploadPartView(
    [property: Description("From 1.")] int PartNumber,
    [property: Description("Whoever has it may upload this part.")] string Url,
    long SizeBytes);

[Description("What was uploaded.")]
internal sealed record CompleteUploadRequest([property: Description("All parts, in any order.")] IReadOnlyList<UploadedPart> Parts)
    : IJsonBody<CompleteUploadRequest>
{
    public static int MaxBytes => 64 * 1024;

    public static JsonTypeInfo<CompleteUploadRequest> TypeInfo => ApiJsonContext.Default.CompleteUploadRequest;
}

internal sealed record UploadedPart(
    int PartNumber,
    [property: JsonPropertyName("etag"), Description("As the answer to the part's PUT had it.")] string ETag);
