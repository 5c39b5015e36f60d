using System.Globalization;
using System.Security.Cryptography;
using Amazon.S3;
using QuizAspire.Api.Http;
using QuizAspire.Core.Aws;

namespace QuizAspire.Api.Statistics;

/// <summary>The bucket of raw scores, as this API writes it.</summary>
internal sealed partial class SheetBucket(IAmazonS3 s3, AwsResources resources, TimeProvider time, ILogger<SheetBucket> logger) : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    // Enough for a school's teachers, and 16 MiB each at most.
    private readonly SemaphoreSlim _places = new(16);

    /// <summary>A place for a sheet that comes from outside; null when as many as this process can hold are under way.</summary>
    public IDisposable? TryEnter() => _places.Wait(0) ? new Place(_places) : null;

    public static Refusal Full() => Refusal.Unavailable("The server takes no more sheets at the moment. Send the same request again.", RetryAfter);

    /// <summary>Begins a sheet under a key that nobody else has.</summary>
    public SheetUpload Begin(CancellationToken requestAborted)
    {
        var day = time.GetUtcNow().ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
        var key = $"raw/{day}/{RandomNumberGenerator.GetHexString(32, lowercase: true)}.csv";
        return new SheetUpload(s3, resources.RawScoresBucketName, key, logger, requestAborted);
    }

    /// <summary>
    /// Deletes a sheet that no job has. One that cannot be deleted stays, which costs its place and nothing else: the bucket's lifecycle rule
    /// ends uploads that nobody completed, and cannot tell this object from a job's.
    /// </summary>
    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            await s3.DeleteObjectAsync(resources.RawScoresBucketName, key, cancellationToken);
        }
        catch (Exception exception) when (ServiceFailures.IsFailure(exception))
        {
            LogNotDeleted(key, ServiceFailures.Describe("S3", exception));
        }
    }

    public void Dispose() => _places.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sheet {Key}, which no job has, could not be deleted: {Reason}")]
    private partial void LogNotDeleted(string key, string reason);

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
