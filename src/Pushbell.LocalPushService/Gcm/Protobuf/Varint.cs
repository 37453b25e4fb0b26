using System.Buffers;

namespace Pushbell.LocalPushService.Gcm.Protobuf;

/// <summary>Seven bits a byte, the lowest first; the high bit says that more follow.</summary>
internal static class Varint
{
    private const int MostBytes = 10;

    public static void Write(IBufferWriter<byte> output, ulong value)
    {
        var span = output.GetSpan(MostBytes);
        var length = 0;
        for (; value > 0x7f; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        output.Advance(length);
    }

    /// <returns>False when the bytes end before the number does; the reader then stands where it stood.</returns>
    /// <exception cref="InvalidDataException">The number is longer than 64 bits.</exception>
    public static bool TryRead(ref SequenceReader<byte> input, out ulong value)
    {
        value = 0;
        for (var read = 0; input.TryRead(out var next); read++)
        {
            if (read == MostBytes)
                throw new InvalidDataException("A varint has at most ten bytes.");

            value |= (ulong)(next & 0x7f) << (7 * read);
            if (next < 0x80)
                return true;
        }

        return false;
    }
}
