using System.Text;
using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Load.Questions;

namespace QuizAspire.Tests.Load;

public sealed class TriviaParserTests
{
    [Fact]
    public void Entries_are_read_with_questions_over_several_lines_and_choices_in_their_order()
    {
        var file = Parse("""

            #Q What is the capital of Afghanistan?
            ^ Kabul
            A Tirana
            B Kabul

            #Q In the following division problem, the quotient is 2:

            12 / 6 = 2.
            A true thing?
            ^ True
            A True
            B False
            A lot of it
            """);

        Assert.Empty(file.Malformed);
        Assert.Equal(("What is the capital of Afghanistan?", "Kabul"), (file.Questions[0].Text, file.Questions[0].CorrectAnswer));
        Assert.Equal(["Tirana", "Kabul"], file.Questions[0].Choices);
        Assert.Equal("In the following division problem, the quotient is 2:\n\n12 / 6 = 2.\nA true thing?", file.Questions[1].Text);
        Assert.Equal(["True", "False\nA lot of it"], file.Questions[1].Choices);
    }

    [Theory]
    [InlineData("#Q\n^ x\nA x\nB y", "no question")]
    [InlineData("#Q why\nA x\nB y", "no right answer")]
    [InlineData("#Q why\n^ x\n^ y\nA x\nB y", "more than one right answer")]
    [InlineData("#Q why\n^ x\nA x", "fewer than two choices")]
    [InlineData("#Q why\n^ x\nA x\nB\nC y", "a choice is empty or too long")]
    [InlineData("#Q why\n^ x\nA x\nB x", "a choice is there twice")]
    [InlineData("#Q why\n^ z\nA x\nB y", "the right answer is not among the choices")]
    [InlineData("what is this\nand this", "text outside of an entry")]
    public void A_malformed_entry_is_left_out_with_its_reason_and_its_neighbours_are_read(string entry, string reason)
    {
        var file = Parse($"#Q first\n^ 1\nA 1\nB 2\n\n{entry}\n\n#Q last\n^ 2\nA 1\nB 2\n");

        Assert.Equal([new MalformedEntry(6, reason)], file.Malformed);
        Assert.Equal(["first", "last"], file.Questions.Select(question => question.Text));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_counted_and_replaced()
    {
        var file = TriviaParser.Parse([0xEF, 0xBB, 0xBF, .. "#Q caf"u8, 0xE9, .. " \u00e9\r\n^ a\r\nA a\r\nB b\r\n"u8]);

        Assert.Equal(1, file.InvalidBytes);
        Assert.Equal("caf\uFFFD é", Assert.Single(file.Questions).Text);
    }

    [Fact]
    public void Whatever_the_bytes_are_the_file_is_read_to_its_end()
    {
        // Letters and marks of the format among the bytes, so that entries are begun and broken off.
        var bytes = Gen.Elements<byte>([.. "#Q^ABC \r\n"u8, 0, 0x85, 0xC3, 0xA9, 0xFF]).ArrayOf();
        Prop.ForAll(bytes.ToArbitrary(), file =>
        {
            byte[] followed = [.. file, .. "\n\n#Q last\n^ 1\nA 1\nB 2\n"u8];
            return TriviaParser.Parse(followed).Questions[^1].Text == "last";
        }).QuickCheckThrowOnFailure();
    }

    private static TriviaFile Parse(string text) => TriviaParser.Parse(Encoding.UTF8.GetBytes(text));
}
