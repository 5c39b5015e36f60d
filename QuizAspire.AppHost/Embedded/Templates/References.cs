using System.Text.RegularExpressions;

namespace QuizAspire.AppHost.Embedded.Templates;

/// <summary>The syntax of <c>Fn::Sub</c> and of a dotted attribute.</summary>
internal static partial class References
{
    /// <summary>Replaces every <c>${Name}</c>; <c>${!Literal}</c> gives <c>${Literal}</c>.</summary>
    public static string Substitute(string text, Func<string, string> valueOf) => Placeholder().Replace(text, match =>
        match.Groups["literal"].Success ? $"${{{match.Groups["literal"].Value}}}" : valueOf(match.Groups["name"].Value.Trim()));

    /// <summary>Splits <c>Resource.Attribute</c> at its first dot; null without one.</summary>
    public static (string LogicalId, string Attribute)? SplitAttribute(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? (name[..dot], name[(dot + 1)..]) : null;

    [GeneratedRegex(@"\$\{(?:!(?<literal>[^}]*)|(?<name>[^!}][^}]*))\}")]
    private static partial Regex Placeholder();
}
