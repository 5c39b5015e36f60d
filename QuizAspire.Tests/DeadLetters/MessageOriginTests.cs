using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Tests.DeadLetters;

public sealed class MessageOriginTests
{
    [Fact]
    public void An_origin_comes_back_from_its_attribute()
    {
        var origins = Gen.Zip(Gen.Choose(0, int.MaxValue), Gen.Elements("m", "a/b", "0/1/2", Guid.Empty.ToString()), (seconds, id) =>
            new MessageOrigin(id, DateTimeOffset.FromUnixTimeMilliseconds(seconds * 977L))).ToArbitrary();

        Prop.ForAll(origins, origin => Assert.Equal(origin, MessageOrigin.FromAttribute(origin.ToAttribute()))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("1/")]
    [InlineData("/m1")]
    [InlineData("m1")]
    [InlineData("-1/m1")]
    [InlineData("1.5/m1")]
    [InlineData("99999999999999999999/m1")]
    [InlineData("999999999999999/m1")]
    [InlineData("1/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void What_is_no_origin_is_none(string? attribute) => Assert.Null(MessageOrigin.FromAttribute(attribute));
}
