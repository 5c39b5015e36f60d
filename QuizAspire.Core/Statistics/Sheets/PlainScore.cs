using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>
/// A score as most are: one to three digits, two decimals at most, and a comma or the line's end behind it. Eight bytes at once
/// and without branches on the digits, of which a processor could guess nothing.
/// </summary>
internal static class PlainScore
{
    /// <summary>Bytes that must be there to look at, whatever the score's length.</summary>
    public const int Window = 8;

    private const ulong Zeros = 0x3030303030303030;
    private const ulong Point = '.' ^ '0';
    private const ulong HighBits = 0x8080808080808080;

    /// <param name="hundredths">0 to 10,000, when it is a score.</param>
    /// <returns>The score's length; 0 when it is not of this kind.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ReadOnlySpan<byte> bytes, out int hundredths)
    {
        // Digits become 0 to 9 and everything else more: of that, the high bit is set.
        var text = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ Zeros;
        var others = (((text & ~HighBits) + 0x7676767676767676) | text) & HighBits;
        var whole = BitOperations.TrailingZeroCount(others) >> 3;
        var next = BitOperations.TrailingZeroCount(others & (others - 1)) >> 3;

        // All ones when a point is what ends the whole part, and else zero: less one, only a zero has its sign bit set.
        var ifPoint = (int)((long)((text >> (8 * whole) & 0xFF ^ Point) - 1) >> 63);
        var length = whole + (next - whole & ifPoint);
        var decimals = next - whole - 1 & ifPoint;
        if (whole - 1 is < 0 or > 2 || decimals > 2 || length >= Window)
        {
            hundredths = 0;
            return 0;
        }

        // The whole part's last digit moves to the top byte, the decimals to the bottom; what is not theirs is shifted or masked out.
        var top = text << (64 - 8 * whole);
        var bottom = (text >> (8 * whole + 8)) & ((1UL << (8 * decimals)) - 1);
        hundredths = 100 * (int)((top >> 56) + 10 * ((top >> 48) & 0xF) + 100 * ((top >> 40) & 0xF))
            + 10 * (int)(bottom & 0xF) + (int)((bottom >> 8) & 0xF);
        return hundredths <= 10_000 ? length : 0;
    }
}
