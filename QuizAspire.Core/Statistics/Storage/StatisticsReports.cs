using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Core.Statistics.Storage;

/// <summary>Statistics in their bucket, one object for each sheet.</summary>
public sealed class StatisticsReports(IAmazonS3 s3, string bucket)
{
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
        using var bytes = new MemoryStream(report.ToUtf8Bytes(), writable: false);
        try
        {
            await s3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = KeyOf(report.StatisticsId),
                    InputStream = bytes,
                    ContentType = "application/json",
                    IfNoneMatch = "*",
                },
                cancellationToken);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            // An earlier delivery of the message, or an earlier attempt of this put, wrote it.
        }
    }
}
