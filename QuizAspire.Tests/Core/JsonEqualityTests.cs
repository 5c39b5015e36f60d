using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Scoring;
using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Core;

public sealed class JsonEqualityTests
{
    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1", "true")]
    [InlineData("0.0", "false")]
    [InlineData("-0", "0.0")]
    [InlineData("100", "1E+2")]
    [InlineData("1e400", "2e400")] // both infinite in the seed
    [InlineData("0.1", "0.10000000000000000001")] // one double
    [InlineData("9007199254740993.0", "9007199254740992")] // the double rounds, the integer does not
    [InlineData("\"A\"", "\"\\u0041\"")]
    [InlineData("{\"a\": 1, \"b\": [true]}", "{\"b\": [1.0], \"a\": 1}")]
    [InlineData("{\"a\": 1, \"a\": 2}", "{\"a\": 2}")]
    public void Equal_by_value(string left, string right) => Assert.True(AreEqual(left, right));

    [Theory]
    [InlineData("1", "\"1\"")]
    [InlineData("true", "\"true\"")]
    [InlineData("null", "false")]
    [InlineData("null", "0")]
    [InlineData("9007199254740993", "9007199254740992.0")]
    [InlineData("1e400", "-1e400")]
    [InlineData("\"a\"", "\"A\"")]
    [InlineData("\"é\"", "\"e\\u0301\"")]
    [InlineData("[1, 2]", "[2, 1]")]
    [InlineData("[1]", "[1, 1]")]
    [InlineData("[]", "{}")]
    [InlineData("{\"a\": null}", "{}")]
    [InlineData("{\"a\": 1}", "{\"b\": 1}")]
    public void Different_by_value(string left, string right) => Assert.False(AreEqual(left, right));

    [Fact]
    public void Every_value_equals_itself() => Prop.ForAll(JsonGen.Values, json => AreEqual(json, json)).QuickCheckThrowOnFailure();

    [Fact]
    public void Equality_is_symmetric() =>
        Prop.ForAll(JsonGen.Pairs, pair => AreEqual(pair.Item1, pair.Item2) == AreEqual(pair.Item2, pair.Item1)).QuickCheckThrowOnFailure();

    [Fact]
    public void What_has_one_canonical_spelling_is_equal() =>
        Prop.ForAll(JsonGen.Pairs, pair =>
        {
            var haveOneSpelling = CanonicalJson.Of(Json.Of(pair.Item1)) == CanonicalJson.Of(Json.Of(pair.Item2));
            return !haveOneSpelling || AreEqual(pair.Item1, pair.Item2);
        }).QuickCheckThrowOnFailure();

    private static bool AreEqual(string left, string right) => JsonEquality.AreEqual(Json.Of(left), Json.Of(right));
}
