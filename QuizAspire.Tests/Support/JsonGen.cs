using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace QuizAspire.Tests.Support;

/// <summary>Random JSON texts, rich in values that are nearly equal: spellings of one number, booleans, digits in strings.</summary>
internal static class JsonGen
{
    private static readonly Gen<string> Scalar = Gen.Elements(
        "null", "true", "false", "0", "-0", "0.0", "-0.0", "0e5", "1", "1.0", "1e0", "10e-1", "2", "2.50", "25e-1", "-3", "100", "1e2", "1E+2",
        "0.1", "0.10000000000000000001", "9007199254740992", "9007199254740993", "9007199254740992.0", "9007199254740993.0",
        "123456789012345678901234567890", "123456789012345678901234567890.0", "1e400", "2e400", "-1e400", "1e-400", "1e22", "10000000000000000000000",
        "\"\"", "\"1\"", "\"1.0\"", "\"true\"", "\"A\"", "\"a\"", "\"\\u0041\"", "\"é\"", "\"e\\u0301\"",
        "\"\\ud83d\\ude00\"", "\"😀\"", "\"\\n\"");

    private static readonly Gen<string> Name = Gen.Elements("q1", "q2", "q3", "Q1", "", "\\u0071\\u0031", "é");

    public static readonly Gen<string> Value = Gen.Sized(ValueOf);

    public static readonly Gen<string> Object = ObjectOf(Gen.Sized(size => ValueOf(Math.Min(size, 4))));

    public static Arbitrary<string> Values => Value.ToArbitrary();

    public static Arbitrary<(string, string)> Pairs => Gen.Zip(Value, Value, (left, right) => (left, right)).ToArbitrary();

    public static Arbitrary<(string, string)> ObjectPairs => Gen.Zip(Object, Object, (left, right) => (left, right)).ToArbitrary();

    public static bool IsValid(string json)
    {
        try
        {
            _ = JsonElement.Parse(json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Gen<string> ValueOf(int size) => size < 2
        ? Scalar
        : Gen.Frequency(
            (4, Scalar),
            (1, Gen.Choose(0, 3).SelectMany(count => ValueOf(size / 3).ListOf(count)).Select(items => $"[{string.Join(", ", items)}]")),
            (1, ObjectOf(ValueOf(size / 3))));

    private static Gen<string> ObjectOf(Gen<string> value) =>
        Gen.Choose(0, 4)
            .SelectMany(count => Gen.Zip(Name, value, (name, member) => $"\"{name}\": {member}").ListOf(count))
            .Select(members => $"{{{string.Join(", ", members)}}}");
}
