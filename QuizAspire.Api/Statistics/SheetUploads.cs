using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using QuizAspire.Api.Http;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Statistics.Jobs;

namespace QuizAspire.Api.Statistics;

/// <summary>Uploads that go past this API: it signs an address for each part, the client sends the parts to S3, S3 puts them together.</summary>
internal sealed class SheetUploads(IAmazonS3 s3, AwsResources resources, TimeProvider time)
{
    private static readonly TimeSpan UrlsLast = TimeSpan.FromHours(1);

    /// <summary>How long an upload can be completed, and how long completing it again gives the same job.</summary>
    private static readonly TimeSpan UploadLasts = StatisticsJobStore.KeyWindow;

    // On the object itself, where no upload_id can say otherwise.
    private const string StatedSize = "stated-size";

    private string Bucket => resources.RawScoresBucketName;

    public async Task<UploadView> BeginAsync(long sizeBytes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var upload = new UploadToken(Guid.CreateVersion7(now), sizeBytes, "");
        var request = new InitiateMultipartUploadRequest { BucketName = Bucket, Key = upload.Key, ContentType = UploadLimits.ContentType };
        request.Metadata[StatedSize] = TextOf(sizeBytes);
        var begun = await s3.InitiateMultipartUploadAsync(request, cancellationToken);
        upload = upload with { S3UploadId = begun.UploadId };

        var parts = new List<UploadPartView>();
        for (var left = sizeBytes; left > 0; left -= UploadLimits.PartBytes)
            parts.Add(await SignAsync(upload, parts.Count + 1, Math.Min(left, UploadLimits.PartBytes), now + UrlsLast));
        return new UploadView(upload.ToString(), UploadLimits.PartBytes, parts, now + UrlsLast);
    }

    /// <summary>The upload of that id, if it may still be one.</summary>
    public UploadToken? Find(string uploadId) =>
        UploadToken.Parse(uploadId) is { } upload && time.GetUtcNow() - upload.BegunAt < UploadLasts ? upload : null;

    /// <summary>Puts the parts together, or finds that they have been. What they make has the size that was stated, or is deleted.</summary>
    /// <returns>Why there is no sheet, or null.</returns>
    public async Task<Refusal?> CompleteAsync(UploadToken upload, IReadOnlyList<UploadedPart> parts, CancellationToken cancellationToken)
    {
        try
        {
            await s3.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = Bucket,
                    Key = upload.Key,
                    UploadId = upload.S3UploadId,
                    PartETags = [.. parts.OrderBy(part => part.PartNumber).Select(part => new PartETag(part.PartNumber, part.ETag))],
                },
                cancellationToken);
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode is "InvalidPart" or "EntityTooSmall")
        {
            return Refusal.Unprocessable("parts", "are not what was uploaded: a part is missing, has another ETag, or is smaller than it had to be");
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchUpload")
        {
            // Completed by an earlier request, or never begun: the object tells.
        }

        // An upload_id that states another size than the upload did is made up.
        if (await FindAsync(upload.Key, cancellationToken) is not { ContentLength: var size } sheet
            || sheet.Metadata[StatedSize] != TextOf(upload.SizeBytes))
            return Unknown();
        if (size == upload.SizeBytes)
            return null;

        // No job can have it, whoever asks: so it may go whichever call put it together, such as one that ended before it came to this.
        await s3.DeleteObjectAsync(Bucket, upload.Key, cancellationToken);
        return Refusal.Unprocessable(
            "parts", $"are {size} bytes together, and size_bytes was {upload.SizeBytes}; the upload is deleted, begin another");
    }

    /// <returns>False when there is no such upload under way.</returns>
    public async Task<bool> AbortAsync(UploadToken upload, CancellationToken cancellationToken)
    {
        try
        {
            await s3.AbortMultipartUploadAsync(Bucket, upload.Key, upload.S3UploadId, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchUpload")
        {
            return false;
        }
    }

    public static Refusal Unknown() => Refusal.NotFound("upload_id", "is no upload under way");

    // The length is signed too, so S3 takes nothing longer than was stated.
    private async Task<UploadPartView> SignAsync(UploadToken upload, int number, long bytes, DateTimeOffset expiresAt)
    {
        var request = new GetPreSignedUrlRequest
        {
            BucketName = Bucket,
            Key = upload.Key,
            UploadId = upload.S3UploadId,
            PartNumber = number,
            Verb = HttpVerb.PUT,
            Expires = expiresAt.UtcDateTime,
        };
        request.Headers.ContentLength = bytes;
        // Unless it is told, the SDK signs for https whatever the endpoint is.
        if (s3.DetermineServiceOperationEndpoint(new PutObjectRequest { BucketName = Bucket, Key = upload.Key }).URL
            .StartsWith("http:", StringComparison.OrdinalIgnoreCase))
            request.Protocol = Protocol.HTTP;
        return new UploadPartView(number, await s3.GetPreSignedURLAsync(request), bytes);
    }

    private static string TextOf(long sizeBytes) => sizeBytes.ToString(CultureInfo.InvariantCulture);

    private async Task<GetObjectMetadataResponse?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await s3.GetObjectMetadataAsync(Bucket, key, cancellationToken);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
