using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Amazon.Lambda.TestTool.Emulator;

internal static class RequestBody
{
    // A sender that is told "too large" must have been read to its end, or it sees a broken connection instead; this much is read for that.
    private const long MaxDrained = 256L * 1024 * 1024;

    /// <summary>The body, or null and its size when it is larger than the limit.</summary>
    public static async Task<(byte[]? Body, long Size)> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            using var body = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 0, 0, limit));
            long size = 0;
            int read;
            while (size <= MaxDrained && (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                size += read;
                if (size <= limit)
                    body.Write(buffer, 0, read);
            }
            return size <= limit ? (body.ToArray(), size) : (null, size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
