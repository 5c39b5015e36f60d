using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Core;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("{\"b\": 1, \"a\": [ 1.50, \"\\u0041\" ]}", "{\"a\":[15e-1,\"A\"],\"b\":1e0}")]
    [InlineData("{\"a\": 1, \"a\": null}", "{\"a\":null}")]
    [InlineData("-0.00e7", "0")]
    [InlineData("100", "1e2")]
    [InlineData("1E+2", "1e2")]
    [InlineData("0.0010", "1e-3")]
    [InlineData("-12.5e3", "-125e2")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("-9007199254740993", "-9007199254740993")]
    [InlineData("9007199254740993.0", "9007199254740993e0")]
    [InlineData("true", "true")]
    public void One_spelling(string json, string canonical) => Assert.Equal(canonical, CanonicalJson.Of(Json.Of(json)));

    [Theory]
    [InlineData("1", "true")]
    [InlineData("1", "\"1\"")]
    [InlineData("0.1", "0.10000000000000000001")]
    [InlineData("\"é\"", "\"e\\u0301\"")]
    [InlineData("{\"a\":\"b\"}", "{\"a\":[\"b\"]}")]
    public void Different_values_have_different_spellings(string left, string right) =>
        Assert.NotEqual(CanonicalJson.Of(Json.Of(left)), CanonicalJson.Of(Json.Of(right)));

    [Fact]
    public void The_spelling_is_json_and_its_own_spelling() =>
        Prop.ForAll(JsonGen.Values, json =>
        {
            var canonical = CanonicalJson.Of(Json.Of(json));
            return JsonGen.IsValid(canonical) && CanonicalJson.Of(Json.Of(canonical)) == canonical;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_lone_surrogate_is_refused() => Assert.Throws<InvalidOperationException>(() => CanonicalJson.Of(Json.Of("\"\\ud800\"")));
}
