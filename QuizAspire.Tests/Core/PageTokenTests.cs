using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Paging;

namespace QuizAspire.Tests.Core;

public sealed class PageTokenTests
{
    [Fact]
    public void A_token_decodes_to_its_position() =>
        Prop.ForAll<NonEmptyString>(position =>
        {
            var text = string.Concat(position.Get.Where(unit => !char.IsSurrogate(unit))) + "x";
            return PageToken.Decode(PageToken.Encode(text)) == text;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("%%%")]
    [InlineData("YQ==")] // base64url has no padding here
    [InlineData("YR")] // not the one spelling of its byte
    [InlineData("_w")] // not UTF-8
    [InlineData(" YQ")]
    public void What_is_not_a_token_is_refused(string token) => Assert.Throws<InvalidPageTokenException>(() => PageToken.Decode(token));

    [Fact]
    public void A_very_long_token_is_refused() => Assert.Throws<InvalidPageTokenException>(() => PageToken.Decode(new string('A', 4000)));
}
