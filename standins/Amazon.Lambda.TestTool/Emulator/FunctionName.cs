using System.Text.RegularExpressions;

namespace Amazon.Lambda.TestTool.Emulator;

/// <summary>A function may be named by its name, a partial ARN or an ARN, each with a qualifier or without.</summary>
internal static partial class FunctionName
{
    public static string? Parse(string text) => Pattern().Match(text) is { Success: true } match ? match.Groups["name"].Value : null;

    public static string Arn(string name, string region) => $"arn:aws:lambda:{region}:000000000000:function:{name}";

    [GeneratedRegex(@"^(arn:aws[a-z-]*:lambda:)?([a-z0-9-]+:)?(\d{12}:)?(function:)?(?<name>[a-zA-Z0-9-_]{1,140})(:(\$LATEST|[a-zA-Z0-9-_]+))?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
