namespace Aspire.Hosting.Dcp;

internal static class Kubeconfig
{
    /// <summary>Reads the two lines that matter of the file that DCP writes; false while it is still being written.</summary>
    public static bool TryParse(string[] lines, out (Uri Server, string Token) result)
    {
        result = default;
        var server = ValueOf(lines, "server:");
        var token = ValueOf(lines, "token:");
        if (server is null || token is null || !Uri.TryCreate(server, UriKind.Absolute, out var uri))
            return false;
        result = (uri, token);
        return true;
    }

    private static string? ValueOf(string[] lines, string key)
        => lines.Select(line => line.TrimStart(' ', '-')).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))
            ?[key.Length..].Trim();
}
