using QuizAspire.Core.Statistics.Sheets;

namespace QuizAspire.Api.Statistics;

/// <summary>How sheets go to S3; how large they may be is <see cref="SheetLimits"/>'.</summary>
internal static class UploadLimits
{
    /// <summary>Of all parts but the last. S3 takes none under 5 MiB, and the local emulator none over 11.</summary>
    public const int PartBytes = 8 * 1024 * 1024;

    public const string ContentType = "text/csv";
}

/// <summary>The sheet goes on beyond <see cref="SheetLimits.SheetBytes"/>.</summary>
internal sealed class SheetTooLargeException() : Exception($"A sheet may have at most {SheetLimits.SheetBytes} bytes.");
