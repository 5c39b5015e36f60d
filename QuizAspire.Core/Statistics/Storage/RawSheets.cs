using Amazon.S3;
using Amazon.S3.Model;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.Statistics.Storage;

/// <summary>Score sheets in their bucket, as they are read.</summary>
public sealed class RawSheets(IAmazonS3 s3, string bucket, TimeProvider time, Backoff backoff)
{
    /// <summary>Opens a sheet for reading once, from its beginning to its end. Its <see cref="Stream.Length"/> is known.</summary>
    /// <remarks>
    /// When the connection breaks or falls silent the stream goes on from where it was, in the same version of the object. A minute-long
    /// download in one connection is more than networks promise.
    /// </remarks>
    /// <exception cref="AmazonS3Exception">It is not there, or may not be read.</exception>
    public async Task<Stream> OpenAsync(string key, CancellationToken cancellationToken)
    {
        var first = await s3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key }, cancellationToken);
        return new RawSheetStream(first, ReopenAsync, time, backoff);

        Task<GetObjectResponse> ReopenAsync(long from, CancellationToken ct) => s3.GetObjectAsync(
            new GetObjectRequest
            {
                BucketName = bucket,
                Key = key,
                ByteRange = new ByteRange($"bytes={from}-"),
                EtagToMatch = first.ETag,
            },
            ct);
    }
}
