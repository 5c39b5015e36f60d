using System.Buffers.Binary;
using System.Text;

namespace QuizAspire.Tests.Support.Otlp;

/// <summary>
/// Reads the fields of one protobuf message. Written by hand from the wire format, so that what an exporter writes is checked by something
/// that shares no code with it.
/// </summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0, Fixed64 = 1, LengthDelimited = 2, Fixed32 = 5;

    private ReadOnlySpan<byte> _rest = message;
    private int _wireType;

    /// <summary>Number of the field whose value is read next.</summary>
    public int Field { get; private set; }

    /// <exception cref="InvalidDataException">The bytes are no protobuf.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        var tag = ReadVarint();
        (Field, _wireType) = ((int)(tag >> 3), (int)(tag & 7));
        return Field > 0 ? true : throw new InvalidDataException("field 0");
    }

    public ulong UInt64() => _wireType switch
    {
        Varint => ReadVarint(),
        Fixed64 => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong))),
        Fixed32 => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint))),
        _ => throw Unexpected(),
    };

    public double Double() => _wireType == Fixed64 ? BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double))) : throw Unexpected();

    /// <summary>Bytes, a text, or a message within this one.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        if (_wireType != LengthDelimited)
            throw Unexpected();
        var length = ReadVarint();
        return length <= (ulong)_rest.Length ? Take((int)length) : throw new InvalidDataException($"{length} bytes announced, {_rest.Length} there");
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public string Hex() => Convert.ToHexStringLower(Bytes());

    /// <summary>Numbers of 8 bytes each, packed or one at a time.</summary>
    public void AddTo(List<ulong> numbers)
    {
        if (_wireType != LengthDelimited)
        {
            numbers.Add(UInt64());
            return;
        }

        for (var packed = Bytes(); !packed.IsEmpty; packed = packed[sizeof(ulong)..])
            numbers.Add(BinaryPrimitives.ReadUInt64LittleEndian(packed));
    }

    public void Skip()
    {
        if (_wireType == LengthDelimited)
            Bytes();
        else
            UInt64();
    }

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }

        throw new InvalidDataException("a varint without end");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw new InvalidDataException($"{count} bytes wanted, {_rest.Length} there");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private readonly InvalidDataException Unexpected() => new($"field {Field} has wire type {_wireType}");
}
