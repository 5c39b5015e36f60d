namespace QuizAspire.Tests.Statistics.Sheets;

/// <summary>A large sheet that nobody holds: one block again and again up to a length, and then an end.</summary>
internal sealed class RepeatedStream(byte[] block, long length, byte[] end) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var rest = _position < length
            ? block.AsSpan((int)(_position % block.Length), (int)Math.Min(block.Length - _position % block.Length, length - _position))
            : end.AsSpan((int)(_position - length));
        var read = Math.Min(count, rest.Length);
        rest[..read].CopyTo(buffer.AsSpan(offset));
        _position += read;
        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
