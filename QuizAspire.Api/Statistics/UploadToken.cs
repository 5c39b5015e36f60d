using System.Buffers.Text;
using System.Globalization;
using System.Text;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Api.Statistics;

/// <summary>
/// What an upload_id says: the object, the sheet's stated size, and S3's own id of the multipart upload. That id cannot be guessed and is
/// S3's to check, so the token needs no signature; whoever makes one up meets no upload.
/// </summary>
/// <param name="Sheet">A UUID of version 7, which carries when the upload began.</param>
internal sealed record UploadToken(Guid Sheet, long SizeBytes, string S3UploadId)
{
    /// <summary>Longest text that is looked at: S3's own ids have some 130 characters.</summary>
    private const int MaxLength = 1_024;

    public string Key => $"uploads/{Sheet:N}.csv";

    /// <summary>Long ago for a UUID that was made up.</summary>
    public DateTimeOffset BegunAt => SubmissionId.TryGetTime($"{Sheet:D}", out var time) ? time : DateTimeOffset.MinValue;

    /// <returns>Null for a text that is no token.</returns>
    public static UploadToken? Parse(string text)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
            return null;
        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('/', 3);
        return parts is [var sheet, var size, { Length: > 0 } id]
            && Guid.TryParseExact(sheet, "N", out var guid) && guid.Version == 7
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes is >= 1 and <= SheetLimits.SheetBytes
            && !id.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new UploadToken(guid, bytes, id)
            : null;
    }

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Sheet:N}/{SizeBytes}/{S3UploadId}")));
}
