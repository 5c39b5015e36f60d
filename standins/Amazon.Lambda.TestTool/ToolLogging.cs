using Microsoft.Extensions.Logging;

namespace Amazon.Lambda.TestTool;

internal static class ToolLogging
{
    /// <summary>One line per entry: the dashboard shows each line of a process as an entry of its own.</summary>
    public static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.AddFilter("Microsoft", LogLevel.Warning);
    }
}
