namespace Aspire.Hosting.AWS.Lambda;

public class LambdaEmulatorOptions
{
    /// <summary>The port of the Runtime and Invoke APIs; null lets one be chosen.</summary>
    public int? HttpPort { get; set; }

    /// <summary>
    /// The real emulator's web page is served by HTTPS unless this is set. The one here has no page, and no such endpoint in either case.
    /// </summary>
    public bool DisableHttpsEndpoint { get; set; }

    /// <summary>Where the real emulator's web page keeps requests; an empty string keeps none.</summary>
    public string? ConfigStoragePath { get; set; }
}
