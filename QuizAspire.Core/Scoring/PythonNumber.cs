using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace QuizAspire.Core.Scoring;

/// <summary>
/// A JSON number as Python reads it: an integer of any size when it has neither point nor exponent, a double otherwise
/// (infinite when it is too large for one). An integer and a double are equal when their exact values are.
/// </summary>
internal readonly struct PythonNumber
{
    private readonly BigInteger _integer;
    private readonly double? _double;

    private PythonNumber(BigInteger integer) => _integer = integer;

    private PythonNumber(double value) => _double = value;

    public static bool TryFrom(JsonElement value, out PythonNumber number)
    {
        number = value.ValueKind switch
        {
            JsonValueKind.True => new PythonNumber(BigInteger.One),
            JsonValueKind.False => new PythonNumber(BigInteger.Zero),
            JsonValueKind.Number => Parse(value),
            _ => default,
        };
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number;
    }

    public bool IsEqualTo(PythonNumber other) => (_double, other._double) switch
    {
        ({ } left, { } right) => left == right,
        (null, null) => _integer == other._integer,
        ({ } left, null) => IsEqual(left, other._integer),
        (null, { } right) => IsEqual(right, _integer),
    };

    private static bool IsEqual(double value, BigInteger integer) =>
        double.IsInteger(value) && new BigInteger(value) == integer;

    private static PythonNumber Parse(JsonElement value)
    {
        if (value.TryGetInt64(out var small))
        {
            // TryGetInt64 refuses 1.0 and 1e0, so what it takes is an integer in Python too.
            return new PythonNumber((BigInteger)small);
        }

        var text = value.GetRawText();
        return text.AsSpan().IndexOfAny('.', 'e', 'E') < 0
            ? new PythonNumber(BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
            : new PythonNumber(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
    }
}
