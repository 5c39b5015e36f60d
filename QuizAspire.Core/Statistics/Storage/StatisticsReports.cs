using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Core.Statistics.Storage;

/// <summary>Statistics in their bucket, one object for each sheet.</summary>
public sealed class StatisticsReports(IAmazonS3 s3, string bucket)
{
    // What S3 answers with 409, the SDK does not try again.
    private const int MaxPuts = 4;

    public static string KeyOf(string statisticsId) => $"statistics/{statisticsId}.json";

    /// <summary>The statistics of that id, or null.</summary>
    public async Task<StatisticsReport?> FindAsync(string statisticsId, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await s3.GetObjectAsync(
                new GetObjectRequest { BucketName = bucket, Key = KeyOf(statisticsId) }, cancellationToken);
            using var bytes = new MemoryStream(checked((int)response.ContentLength));
            await response.ResponseStream.CopyToAsync(bytes, cancellationToken);
            return StatisticsReport.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Writes them once. What is there already stays: the same sheet has the same statistics, to the byte.</summary>
    public async Task PutAsync(StatisticsReport report, CancellationToken cancellationToken)
    {
        var bytes = report.ToUtf8Bytes();
        var attempt = 1;
        while (!await TryPutAsync(report.StatisticsId, bytes, isLast: attempt == MaxPuts, cancellationToken))
            attempt++;
    }

    /// <returns>False when another put of it is under way, which may yet fail: only the next attempt tells.</returns>
    private async Task<bool> TryPutAsync(string statisticsId, byte[] report, bool isLast, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(report, writable: false);
        try
        {
            await s3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = KeyOf(statisticsId),
                    InputStream = bytes,
                    ContentType = "application/json",
                    IfNoneMatch = "*",
                },
                cancellationToken);
            return true;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            // An earlier delivery of the message, or an earlier attempt of this put, wrote it.
            return true;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.Conflict && !isLast)
        {
            return false;
        }
    }
}
