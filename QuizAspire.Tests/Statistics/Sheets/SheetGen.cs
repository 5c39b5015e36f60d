using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace QuizAspire.Tests.Statistics.Sheets;

/// <summary>Random sheets: lines of every kind, and noise of the bytes that mean something.</summary>
internal static class SheetGen
{
    private static readonly Gen<string> Name = Gen.Elements("Q1", "Q2", "算数", "a b", "\"Q1\"", "\"a,b\"", "\"a\"\"b\"", "\"a\nb\"", "\"a\r\nb\"", " Q2\t", "\" Q1 \"");

    private static readonly Gen<string> Hundredths = Gen.Choose(0, 10_000).Select(score => (score / 100m).ToString(CultureInfo.InvariantCulture));

    private static readonly Gen<string> Whole = Gen.Choose(0, 100).Select(score => score.ToString(CultureInfo.InvariantCulture));

    private static readonly Gen<string> Finer = Gen.Choose(0, 1_000_000_000)
        .Select(score => (score / 10_000_000m).ToString(CultureInfo.InvariantCulture));

    private static readonly Gen<string> Odd = Gen.Elements("", "\"\"", " ", "\"85.5\"", " 7 ", "+5", "-0", ".5", "5.", "007", "100.00", "0.0000005", "9.9999999", "99.995");

    private static readonly Gen<string> Bad = Gen.Elements("x", "-1", "100.01", "1e1", "\"85,5\"", "8\"5", "\"8\"5", "\"8", "8\r", "\u00FF", "101", "--1", "\"8\n5\"", ".");

    private static readonly Gen<string> LineEnd = Gen.Frequency((6, Gen.Constant("\n")), (3, Gen.Constant("\r\n")), (1, Gen.Elements("\n\n", "\r\n \t\r\n")));

    /// <summary>A good line, whose scores have two decimals at most or not, without its end.</summary>
    public static readonly Gen<string> GoodLine =
        from name in Name
        from scores in Gen.Frequency((5, Hundredths), (5, Whole), (2, Finer), (2, Odd)).NonEmptyListOf()
        select $"{name},{string.Join(',', scores)}";

    private static readonly Gen<string> BadLine =
        from name in Gen.Frequency((6, Name), (1, Gen.Elements("", "\"\"", "Q\u0001", "Q\"1", "\"Q\"1")))
        from before in Whole.ListOf()
        from bad in Gen.Frequency((8, Bad.Select(field => "," + field)), (1, Gen.Constant("")))
        select name + string.Concat(before.Select(score => "," + score)) + bad;

    private static readonly Gen<byte[]> Lines =
        from start in Gen.Elements("", "\uFEFF", "Quiz,Score\n", "\uFEFF\r\n\"Quiz\",\"Score\"\r\n", "Quiz,8%\n", "Quiz\n")
        from lines in Gen.Zip(Gen.Frequency((6, GoodLine), (3, BadLine), (1, Gen.Constant(","))), LineEnd, (line, end) => line + end).ListOf()
        from end in Gen.Elements("", "Q1,5", "\"Q1\",\"5\"", "\"Q1", "Q1,5\r", "\"Q1\",\"5\"\r", "Q1,\"")
        select Encoding.UTF8.GetBytes(start + string.Concat(lines) + end);

    private static readonly Gen<byte> Meaningful = Gen.Frequency(
        (30, Gen.Elements((byte)',', (byte)'"', (byte)'\n', (byte)'\r', (byte)' ', (byte)'a', (byte)'5', (byte)'1', (byte)'0', (byte)'.', (byte)'-')),
        (1, Gen.Choose(1, 255).Select(value => (byte)value)));

    private static readonly Gen<byte[]> Noise = Meaningful.ListOf().Select(bytes => (byte[])[.. "Q,1\na,2\n"u8, .. bytes]);

    private static readonly Gen<byte[]> Damaged =
        from sheet in Lines
        from place in Gen.Choose(0, Math.Max(0, sheet.Length - 1))
        from with in Meaningful
        select sheet.Length == 0 ? sheet : [.. sheet[..place], with, .. sheet[(place + 1)..]];

    public static readonly Gen<byte[]> Any = Gen.Frequency((4, Lines), (2, Noise), (2, Damaged),
        (1, Gen.Choose(0, 255).Select(value => (byte)value).ListOf().Select(bytes => bytes.ToArray())));

    /// <summary>How a stream may cut it.</summary>
    public static readonly Gen<int[]> Chunks = Gen.Choose(1, 40).NonEmptyListOf().Select(lengths => lengths.ToArray());
}
