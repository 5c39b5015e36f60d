namespace Aspire.Hosting.Dashboard;

internal static class DashboardExit
{
    /// <summary>Says in a sentence why the dashboard's process has ended, as far as its exit code tells.</summary>
    public static string Explain(int? exitCode, DashboardOptions options) => exitCode switch
    {
        null => "it could not be started; its log and the log of this program say why.",
        101 => "its configuration is not valid (exit code 101); the lines above name the setting.",
        102 => $"one of its ports is taken (exit code 102): {Addresses(options)}. Free the port, or choose another one with "
            + $"{DashboardOptions.FrontendUrlsKey}, {DashboardOptions.OtlpGrpcUrlKey} or {DashboardOptions.OtlpHttpUrlKey}.",
        _ => $"its process has ended with exit code {exitCode}.",
    };

    private static string Addresses(DashboardOptions options) =>
        string.Join(", ", new[] { options.FrontendUrl, options.OtlpGrpcUrl, options.OtlpHttpUrl }.Where(url => url is not null));
}
