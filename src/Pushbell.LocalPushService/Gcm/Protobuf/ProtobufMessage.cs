using System.Buffers;
using System.Text;

namespace Pushbell.LocalPushService.Gcm.Protobuf;

/// <summary>The fields of one protobuf message, as far as they are numbers or bytes; 32-bit ones are passed over.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, ulong Value)> numbers = [];
    private readonly List<(int Field, byte[] Value)> bytes = [];

    /// <exception cref="InvalidDataException">Not a protobuf message.</exception>
    public static ProtobufMessage Parse(ReadOnlyMemory<byte> encoded)
    {
        var message = new ProtobufMessage();
        var input = new SequenceReader<byte>(new ReadOnlySequence<byte>(encoded));
        while (!input.End)
            message.ReadField(ref input);
        return message;
    }

    public ulong? Number(int field) =>
        numbers.FindLastIndex(number => number.Field == field) is >= 0 and var index ? numbers[index].Value : null;

    public string? Text(int field) => Texts(field).LastOrDefault();

    public IEnumerable<string> Texts(int field) => Values(field).Select(Encoding.UTF8.GetString);

    public ProtobufMessage? Message(int field) => Values(field).LastOrDefault() is { } value ? Parse(value) : null;

    private IEnumerable<byte[]> Values(int field) => bytes.Where(value => value.Field == field).Select(value => value.Value);

    private void ReadField(ref SequenceReader<byte> input)
    {
        var tag = ReadVarint(ref input);
        var field = (int)(tag >> 3);
        switch ((WireType)(tag & 7))
        {
            case WireType.Varint:
                numbers.Add((field, ReadVarint(ref input)));
                break;
            case WireType.Fixed64 when input.TryReadLittleEndian(out long value):
                numbers.Add((field, (ulong)value));
                break;
            case WireType.Fixed32 when input.TryReadLittleEndian(out int _):
                break;
            case WireType.LengthDelimited when input.TryReadExact(Length(ref input), out var value):
                bytes.Add((field, value.ToArray()));
                break;
            default:
                throw new InvalidDataException("A field is cut short or of an unknown type.");
        }
    }

    private static int Length(ref SequenceReader<byte> input) => (int)Math.Min(ReadVarint(ref input), int.MaxValue);

    private static ulong ReadVarint(ref SequenceReader<byte> input) =>
        Varint.TryRead(ref input, out var value) ? value : throw new InvalidDataException("A varint is cut short.");
}
