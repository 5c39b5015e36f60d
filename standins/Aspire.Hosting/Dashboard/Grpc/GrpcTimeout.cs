using System.Globalization;

namespace Aspire.Hosting.Dashboard.Grpc;

internal static class GrpcTimeout
{
    /// <summary>Reads the header <c>grpc-timeout</c>: up to eight digits and a unit. Null when it is absent or not readable.</summary>
    public static TimeSpan? Parse(string? header)
    {
        if (header is not { Length: >= 2 and <= 9 } || !long.TryParse(header[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return null;

        return header[^1] switch
        {
            'H' => TimeSpan.FromHours(value),
            'M' => TimeSpan.FromMinutes(value),
            'S' => TimeSpan.FromSeconds(value),
            'm' => TimeSpan.FromMilliseconds(value),
            'u' => TimeSpan.FromMicroseconds(value),
            'n' => TimeSpan.FromTicks(value / TimeSpan.NanosecondsPerTick),
            _ => null,
        };
    }
}
