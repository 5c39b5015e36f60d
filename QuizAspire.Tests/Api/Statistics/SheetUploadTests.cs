using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging.Abstractions;
using QuizAspire.Api.Statistics;

namespace QuizAspire.Tests.Api.Statistics;

public sealed class SheetUploadTests
{
    [Fact]
    public async Task A_sheet_beyond_one_gibibyte_ends_there_and_is_aborted()
    {
        using var s3 = new CountingS3();
        var block = new byte[1024 * 1024];
        await using (var upload = new SheetUpload(s3, "bucket", "key", NullLogger.Instance, CancellationToken.None))
        {
            for (var i = 0; i < 1024; i++)
                await upload.WriteAsync(block);

            await Assert.ThrowsAsync<SheetTooLargeException>(async () => await upload.WriteAsync(block.AsMemory(0, 1)));
        }

        Assert.Equal((127, true), (s3.Parts, s3.IsAborted));
    }

    [Fact]
    public async Task A_sheet_of_any_size_takes_the_memory_of_two_parts()
    {
        using var s3 = new CountingS3();
        await using var upload = new SheetUpload(s3, "bucket", "key", NullLogger.Instance, CancellationToken.None);
        var block = new byte[64 * 1024];
        // This thread's alone, on which all of it runs because the client answers at once: other tests allocate at the same time.
        var (thread, before) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());

        for (var i = 0; i < 4_096; i++)
            await upload.WriteAsync(block);
        var sheet = await upload.CompleteAsync();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal("key", sheet.Key);
        Assert.Equal(64, sheet.Fingerprint.Length);
        Assert.Equal(32, s3.Parts);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        Assert.InRange(allocated, 1, 32 * 1024 * 1024);
    }

    [Fact]
    public async Task Parts_are_checked_by_s3_one_by_one_and_together()
    {
        using var s3 = new CountingS3();
        await using var upload = new SheetUpload(s3, "bucket", "key", NullLogger.Instance, CancellationToken.None);

        await upload.WriteAsync(new byte[9 * 1024 * 1024]);
        await upload.CompleteAsync();

        Assert.Equal(ChecksumAlgorithm.CRC32, s3.Begun?.ChecksumAlgorithm);
        Assert.Equal([(1, "crc 1"), (2, "crc 2")], s3.Completed!.PartETags.Select(part => (part.PartNumber ?? 0, part.ChecksumCRC32)));
    }

    [Fact]
    public async Task An_empty_sheet_is_an_empty_object_with_the_fingerprint_of_nothing()
    {
        using var s3 = new CountingS3();
        await using var upload = new SheetUpload(s3, "bucket", "key", NullLogger.Instance, CancellationToken.None);

        var sheet = await upload.CompleteAsync();

        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", sheet.Fingerprint);
    }

    /// <summary>Takes everything and keeps nothing.</summary>
    private sealed class CountingS3() : AmazonS3Client(new AnonymousAWSCredentials(), Amazon.RegionEndpoint.USWest1)
    {
        public int Parts { get; private set; }

        public bool IsAborted { get; private set; }

        public InitiateMultipartUploadRequest? Begun { get; private set; }

        public CompleteMultipartUploadRequest? Completed { get; private set; }

        public override Task<PutObjectResponse> PutObjectAsync(PutObjectRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new PutObjectResponse());

        public override Task<InitiateMultipartUploadResponse> InitiateMultipartUploadAsync(
            InitiateMultipartUploadRequest request, CancellationToken cancellationToken = default)
        {
            Begun = request;
            return Task.FromResult(new InitiateMultipartUploadResponse { UploadId = "upload" });
        }

        public override Task<UploadPartResponse> UploadPartAsync(UploadPartRequest request, CancellationToken cancellationToken = default)
        {
            Parts++;
            return Task.FromResult(new UploadPartResponse { ETag = "\"etag\"", ChecksumCRC32 = $"crc {request.PartNumber}" });
        }

        public override Task<CompleteMultipartUploadResponse> CompleteMultipartUploadAsync(
            CompleteMultipartUploadRequest request, CancellationToken cancellationToken = default)
        {
            Completed = request;
            return Task.FromResult(new CompleteMultipartUploadResponse());
        }

        public override Task<AbortMultipartUploadResponse> AbortMultipartUploadAsync(
            string bucketName, string key, string uploadId, CancellationToken cancellationToken = default)
        {
            IsAborted = true;
            return Task.FromResult(new AbortMultipartUploadResponse());
        }
    }
}
