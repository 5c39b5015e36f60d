namespace QuizAspire.Core.Statistics.Sheets;

internal enum ScoreKind
{
    Score,
    Missing,
    NotANumber,
    OutOfRange,
}

/// <summary>Reads a score: an optional sign, digits, and a decimal point among them or not.</summary>
internal static class ScoreText
{
    private const int Decimals = 6;
    private const int Most = 100;

    /// <param name="millionths">The score in millionths, 0 to 100,000,000; further decimals are rounded half to even.</param>
    public static ScoreKind Read(ReadOnlySpan<byte> field, out int millionths)
    {
        millionths = 0;
        if (field.IsEmpty)
            return ScoreKind.Missing;
        var isNegative = field[0] == (byte)'-';
        if (isNegative || field[0] == (byte)'+')
            field = field[1..];
        var point = field.IndexOf((byte)'.');
        var whole = point < 0 ? field : field[..point];
        var fraction = point < 0 ? default : field[(point + 1)..];
        if (whole.Length + fraction.Length == 0 || !AreDigits(whole) || !AreDigits(fraction))
            return ScoreKind.NotANumber;

        whole = whole.TrimStart((byte)'0');
        fraction = fraction.TrimEnd((byte)'0');
        if (whole.Length > 3)
            return ScoreKind.OutOfRange;
        var value = Number(whole);
        if (value > Most || (value == Most && !fraction.IsEmpty) || (isNegative && (value > 0 || !fraction.IsEmpty)))
            return ScoreKind.OutOfRange;

        var kept = fraction.Length > Decimals ? fraction[..Decimals] : fraction;
        millionths = value;
        for (var i = 0; i < Decimals; i++)
            millionths = millionths * 10 + (i < kept.Length ? kept[i] - '0' : 0);
        if (fraction.Length > Decimals && RoundsUp(fraction[Decimals..], isOdd: (millionths & 1) == 1))
            millionths++;
        return ScoreKind.Score;
    }

    /// <param name="dropped">Without zeros at its end, and not empty.</param>
    private static bool RoundsUp(ReadOnlySpan<byte> dropped, bool isOdd) =>
        dropped[0] > (byte)'5' || (dropped[0] == (byte)'5' && (dropped.Length > 1 || isOdd));

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
            number = number * 10 + (digit - '0');
        return number;
    }
}
