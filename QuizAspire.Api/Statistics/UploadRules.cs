using QuizAspire.Api.Http;
using QuizAspire.Core.Statistics.Sheets;

namespace QuizAspire.Api.Statistics;

internal static class UploadRules
{
    // S3's has 34 characters.
    private const int MaxETag = 128;

    public static Refusal? Check(UploadRequest request) => request.SizeBytes is >= 1 and <= SheetLimits.SheetBytes
        ? null
        : Refusal.Unprocessable("size_bytes", $"must be from 1 to {SheetLimits.SheetBytes}");

    public static Refusal? Check(CompleteUploadRequest request, long sizeBytes)
    {
        if (request.Parts is not { } parts)
            return Refusal.Malformed("parts", "is required");
        var count = PartsOf(sizeBytes);
        if (parts.Count != count || !parts.Select(part => part?.PartNumber ?? 0).Order().SequenceEqual(Enumerable.Range(1, count)))
            return Refusal.Unprocessable("parts", $"must be the parts 1 to {count}, each once");
        var errors = new FieldErrors();
        for (var i = 0; i < count; i++)
        {
            if (parts[i].ETag is not { Length: >= 1 and <= MaxETag } tag || tag.AsSpan().ContainsAnyExceptInRange('!', '~'))
                errors.Add($"parts[{i}].etag", $"must be 1 to {MaxETag} visible ASCII characters");
        }
        return errors.Any ? Refusal.Unprocessable(errors) : null;
    }

    public static int PartsOf(long sizeBytes) => (int)((sizeBytes + UploadLimits.PartBytes - 1) / UploadLimits.PartBytes);
}
