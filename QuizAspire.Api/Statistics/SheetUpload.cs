using System.Buffers;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Statistics.Sheets;

namespace QuizAspire.Api.Statistics;

/// <summary>A sheet that is in its bucket.</summary>
/// <param name="Fingerprint">SHA-256 of its bytes, in hex.</param>
internal sealed record StoredSheet(string Key, string Fingerprint);

/// <summary>
/// One sheet on its way into the bucket, in constant memory: two parts, of which one is filled while the other is sent. A sheet that fits into
/// one part is put in one call. Unless it is completed, nothing of it stays.
/// </summary>
/// <remarks>
/// The SDK's TransferUtility does not take a cancellation token to S3 when it is given a stream that cannot seek, reads nothing while it sends,
/// and makes three calls of the smallest sheet.
/// </remarks>
/// <param name="requestAborted">Ends the upload.</param>
internal sealed partial class SheetUpload(IAmazonS3 s3, string bucket, string key, ILogger logger, CancellationToken requestAborted) : Stream
{
    private const int FirstBuffer = 64 * 1024;

    // The request that brought the sheet may be cancelled by now, and Lambda gives it a second.
    private static readonly TimeSpan DiscardTime = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(requestAborted);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<PartETag> _parts = [];
    private byte[] _filling = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private byte[]? _sent;
    private Task _sending = Task.CompletedTask;
    private int _filled;
    private long _length;
    private string? _uploadId;
    private bool _mayExist;
    private bool _isCompleted;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <exception cref="SheetTooLargeException"/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _length += buffer.Length;
        if (_length > SheetLimits.SheetBytes)
            throw new SheetTooLargeException();
        _hash.AppendData(buffer.Span);
        while (!buffer.IsEmpty)
        {
            if (_filled == UploadLimits.PartBytes)
                await SendPartAsync();
            if (_filled == _filling.Length)
                Grow();
            var taken = Math.Min(buffer.Length, Math.Min(_filling.Length, UploadLimits.PartBytes) - _filled);
            buffer.Span[..taken].CopyTo(_filling.AsSpan(_filled));
            _filled += taken;
            buffer = buffer[taken..];
        }
    }

    /// <summary>Returns once S3 has the whole sheet.</summary>
    public async Task<StoredSheet> CompleteAsync()
    {
        if (_uploadId is null)
        {
            _mayExist = true;
            await s3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = key,
                    ContentType = UploadLimits.ContentType,
                    InputStream = new MemoryStream(_filling, 0, _filled, writable: false),
                },
                _stop.Token);
        }
        else
        {
            await SendPartAsync();
            await _sending;
            _mayExist = true;
            await s3.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = _uploadId, PartETags = _parts }, _stop.Token);
        }
        _isCompleted = true;
        return new StoredSheet(key, Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("S3 is written to asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_isCompleted)
            await DiscardAsync();
        _hash.Dispose();
        _stop.Dispose();
        ArrayPool<byte>.Shared.Return(_filling);
        if (_sent is not null)
            ArrayPool<byte>.Shared.Return(_sent);
        await base.DisposeAsync();
    }

    private async Task SendPartAsync()
    {
        _uploadId ??= (await s3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest
            {
                BucketName = bucket,
                Key = key,
                ContentType = UploadLimits.ContentType,
                // The SDK sends each part with one, which S3 refuses in an upload that was begun without.
                ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
            },
            _stop.Token)).UploadId;
        await _sending;
        var (full, size) = (_filling, _filled);
        (_filling, _sent, _filled) = (_sent ?? ArrayPool<byte>.Shared.Rent(UploadLimits.PartBytes), full, 0);
        _sending = UploadPartAsync(full, size);
    }

    private async Task UploadPartAsync(byte[] part, int size)
    {
        var number = _parts.Count + 1;
        var response = await s3.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket,
                Key = key,
                UploadId = _uploadId,
                PartNumber = number,
                PartSize = size,
                ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
                InputStream = new MemoryStream(part, 0, size, writable: false),
            },
            _stop.Token);
        _parts.Add(new PartETag(number, response.ETag) { ChecksumCRC32 = response.ChecksumCRC32 });
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_filling.Length * 4, UploadLimits.PartBytes));
        _filling.AsSpan(0, _filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_filling);
        _filling = larger;
    }

    // A part that arrives after the upload was aborted would stay in S3, so the one under way is waited for. Should S3 be gone, the bucket's
    // lifecycle rule aborts the upload; an object that came to be all the same stays, and no job has it.
    private async Task DiscardAsync()
    {
        using var limit = new CancellationTokenSource(DiscardTime);
        await _stop.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_uploadId is not null)
            await TryAsync(() => s3.AbortMultipartUploadAsync(bucket, key, _uploadId, limit.Token));
        if (_mayExist)
            await TryAsync(() => s3.DeleteObjectAsync(bucket, key, limit.Token));
    }

    private async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchUpload")
        {
            // It was completed, although the answer did not say so.
        }
        catch (Exception exception) when (ServiceFailures.IsFailure(exception))
        {
            LogNotDiscarded(ServiceFailures.Describe("S3", exception));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What there was of a sheet that did not arrive could not be removed: {Reason}")]
    private partial void LogNotDiscarded(string reason);
}
