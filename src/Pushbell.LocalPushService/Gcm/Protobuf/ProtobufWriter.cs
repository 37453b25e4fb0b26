using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Pushbell.LocalPushService.Gcm.Protobuf;

/// <summary>Writes one protobuf message, field after field.</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> output = new();

    public ReadOnlyMemory<byte> Written => output.WrittenMemory;

    public ProtobufWriter Number(int field, long value)
    {
        Tag(field, WireType.Varint);
        Varint.Write(output, (ulong)value);
        return this;
    }

    public ProtobufWriter Fixed64(int field, ulong value)
    {
        Tag(field, WireType.Fixed64);
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(sizeof(ulong)), value);
        output.Advance(sizeof(ulong));
        return this;
    }

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, WireType.LengthDelimited);
        Varint.Write(output, (ulong)value.Length);
        output.Write(value);
        return this;
    }

    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Message(int field, ProtobufWriter value) => Bytes(field, value.Written.Span);

    private void Tag(int field, WireType type) => Varint.Write(output, ((ulong)field << 3) | (ulong)type);
}
