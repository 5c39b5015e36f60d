using Amazon.S3.Model;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.Statistics.Storage;

/// <summary>An object of S3 as one stream, over as many connections as it takes.</summary>
internal sealed class RawSheetStream(
    GetObjectResponse first, Func<long, CancellationToken, Task<GetObjectResponse>> reopen, TimeProvider time, Backoff backoff) : Stream
{
    /// <summary>A connection on which nothing comes for so long is given up.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    // In a row without a byte in between.
    private const int MaxBreaks = 8;

    private GetObjectResponse? _response = first;
    private long _position;
    private int _breaks;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; } = first.ContentLength;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;

        while (true)
        {
            try
            {
                _response ??= await reopen(_position, cancellationToken);
                var read = await ReadOnceAsync(_response.ResponseStream, buffer, cancellationToken);
                _position += read;
                _breaks = 0;
                return read;
            }
            catch (Exception exception) when (_breaks < MaxBreaks && BrokenConnection.Explains(exception))
            {
                HangUp();
                if (_position == Length)
                    return 0;
                await backoff.PauseAsync(_breaks++, cancellationToken);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A network's stream is read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            HangUp();
        base.Dispose(disposing);
    }

    /// <exception cref="IOException">The connection ended before the object did.</exception>
    /// <exception cref="TimeoutException">Nothing came for <see cref="Silence"/>.</exception>
    private async Task<int> ReadOnceAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            var read = await stream.ReadAsync(buffer, either.Token);
            return read > 0 || _position == Length ? read : throw new EndOfStreamException();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    private void HangUp()
    {
        _response?.Dispose();
        _response = null;
    }
}
