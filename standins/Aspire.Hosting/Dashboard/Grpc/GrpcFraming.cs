using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;

namespace Aspire.Hosting.Dashboard.Grpc;

/// <summary>gRPC's length-prefixed messages: one byte of flags, four bytes of length (big endian), then the message.</summary>
internal static class GrpcFraming
{
    private const int HeaderLength = 5;
    private const byte CompressedFlag = 1;

    /// <summary>Bytes of one received message, gRPC's usual limit. Requests are names and flags, so only a broken client comes near it.</summary>
    public const int MaxMessageLength = 4 * 1024 * 1024;

    /// <summary>Reads the only message of a request, and waits for the end of the body behind it.</summary>
    public static async Task<T> ReadSingleAsync<T>(
        PipeReader body, MessageParser<T> parser, bool encodingIsDeclared, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            var length = ReadLength(buffer, encodingIsDeclared);
            if (length is { } known && buffer.Length > HeaderLength + known)
                throw new GrpcException(GrpcStatus.Internal, "The request holds more than one message.");

            if (read.IsCompleted)
            {
                if (length is null || buffer.Length < HeaderLength + length)
                    throw new GrpcException(GrpcStatus.Internal, "The request ended before its message was complete.");
                return Parse(buffer.Slice(HeaderLength), parser, body);
            }

            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    public static void Write(PipeWriter body, IMessage message)
    {
        var length = message.CalculateSize();
        var header = body.GetSpan(HeaderLength);
        header[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], length);
        body.Advance(HeaderLength);
        message.WriteTo(body);
    }

    private static int? ReadLength(ReadOnlySequence<byte> buffer, bool encodingIsDeclared)
    {
        if (buffer.Length < HeaderLength)
            return null;

        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        if (header[0] == CompressedFlag && encodingIsDeclared)
            throw new GrpcException(GrpcStatus.Unimplemented, "This server reads no compressed messages; send them with the encoding identity.");
        if (header[0] != 0)
            throw new GrpcException(GrpcStatus.Internal, $"A message is flagged {header[0]}, which its headers do not explain.");

        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        return length <= MaxMessageLength
            ? (int)length
            : throw new GrpcException(GrpcStatus.ResourceExhausted, $"A message of {length} bytes is over the limit of {MaxMessageLength}.");
    }

    private static T Parse<T>(ReadOnlySequence<byte> bytes, MessageParser<T> parser, PipeReader body)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new GrpcException(GrpcStatus.Internal, $"The message cannot be read: {exception.Message}");
        }
        finally
        {
            body.AdvanceTo(bytes.End);
        }
    }
}
