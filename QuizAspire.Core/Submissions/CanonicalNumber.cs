using System.Globalization;
using System.Numerics;

namespace QuizAspire.Core.Submissions;

/// <summary>The exact value of a JSON number in one spelling: significant digits without leading or trailing zeros, and a power of ten.</summary>
internal static class CanonicalNumber
{
    // Up to here every integer is a double too. Beyond, scoring tells 9007199254740993 from 9007199254740993.0, so it keeps its digits.
    private const int ExactIntegerDigits = 15;

    /// <returns>Such as <c>125e-2</c> for 1.25, 1.250 and 125E-2; <c>0</c> for every zero; an integer of more than 15 digits as it stands.</returns>
    public static string Of(string number)
    {
        if (number.TrimStart('-').Length > ExactIntegerDigits && number.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
            return number;

        var (negative, digits, exponent) = Split(number);
        return digits.Length == 0 ? "0" : $"{(negative ? "-" : "")}{digits}e{exponent.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Whether a format with so many significant digits and powers of ten can hold it exactly.</summary>
    public static bool Fits(string number, int maxDigits, int minMagnitude, int maxMagnitude)
    {
        var (_, digits, exponent) = Split(number);
        var magnitude = exponent + digits.Length - 1;
        return digits.Length == 0 || (digits.Length <= maxDigits && magnitude >= minMagnitude && magnitude <= maxMagnitude);
    }

    private static (bool Negative, string Digits, BigInteger Exponent) Split(string number)
    {
        var negative = number[0] == '-';
        var rest = number.AsSpan(negative ? 1 : 0);

        var exponent = BigInteger.Zero;
        var e = rest.IndexOfAny('e', 'E');
        if (e >= 0)
        {
            exponent = BigInteger.Parse(rest[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            rest = rest[..e];
        }

        var point = rest.IndexOf('.');
        var fraction = point < 0 ? [] : rest[(point + 1)..];
        var whole = point < 0 ? rest : rest[..point];
        var digits = string.Concat(whole, fraction).TrimStart('0');
        var significant = digits.TrimEnd('0');
        return (negative, significant, exponent + digits.Length - significant.Length - fraction.Length);
    }
}
