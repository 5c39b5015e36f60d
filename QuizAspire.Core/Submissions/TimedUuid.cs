using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace QuizAspire.Core.Submissions;

/// <summary>
/// The form of the ids made here: a UUID of version 8 (RFC 9562, the version whose layout the application defines) with version 7's 48-bit
/// millisecond time in front and 74 bits of a hash behind it.
/// </summary>
internal static class TimedUuid
{
    /// <param name="hash">At least 10 bytes.</param>
    public static string Create(DateTimeOffset time, ReadOnlySpan<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        var milliseconds = time.ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++)
            bytes[i] = (byte)(milliseconds >> (40 - 8 * i));
        hash[..10].CopyTo(bytes[6..]);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D", CultureInfo.InvariantCulture);
    }

    /// <summary>True for a UUID of any version in lower case: an id is compared as text, so it has one spelling.</summary>
    public static bool IsCanonical([NotNullWhen(true)] string? id) =>
        id is { Length: 36 } && Guid.TryParseExact(id, "D", out var uuid) && uuid.ToString("D", CultureInfo.InvariantCulture) == id;
}
