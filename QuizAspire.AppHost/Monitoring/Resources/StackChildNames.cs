using System.Text.RegularExpressions;
using Aspire.Hosting;

namespace QuizAspire.AppHost.Monitoring.Resources;

/// <summary>Names for what AWS lets be called what Aspire does not.</summary>
internal static partial class StackChildNames
{
    private const int Longest = 64;

    /// <summary>The name with all that Aspire refuses replaced: <c>quiz-submissions.fifo</c> is <c>quiz-submissions-fifo</c>.</summary>
    /// <param name="kind">Put behind it where a resource of another kind has that name already, such as <c>queue</c>.</param>
    public static string For(string name, string kind, Func<string, bool> isTaken)
    {
        var plain = Refused().Replace(name, "-").Trim('-');
        // Aspire's names begin with a letter.
        if (plain is "" || !char.IsAsciiLetter(plain[0]))
            plain = $"{kind}-{plain}".TrimEnd('-');
        plain = Cut(plain, Longest);
        return isTaken(plain) ? $"{Cut(plain, Longest - kind.Length - 1)}-{kind}" : plain;
    }

    /// <summary>Aspire compares names without regard to case.</summary>
    public static bool Has(this IDistributedApplicationBuilder builder, string name) =>
        builder.Resources.Any(resource => resource.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Cut(string name, int length) => name.Length <= length ? name : name[..length].TrimEnd('-');

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Refused();
}
