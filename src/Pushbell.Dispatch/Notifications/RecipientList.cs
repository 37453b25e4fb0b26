using System.Buffers;

namespace Pushbell.Dispatch.Notifications;

/// <summary>Ascending ids as differences in LEB128: ids that were made close together take two or three bytes each instead of eight.</summary>
public static class RecipientList
{
    public static byte[] Encode(ReadOnlySpan<long> ascending)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var previous = 0L;
        foreach (var id in ascending)
        {
            if (id <= previous)
            {
                throw new ArgumentException("The ids must be positive and ascending.", nameof(ascending));
            }

            Write(bytes, (ulong)(id - previous));
            previous = id;
        }

        return bytes.WrittenSpan.ToArray();
    }

    public static long[] Decode(ReadOnlySpan<byte> bytes)
    {
        var ids = new List<long>(Batch.MaxRecipients);
        var (previous, value, shift) = (0L, 0UL, 0);
        foreach (var part in bytes)
        {
            value |= (ulong)(part & 0x7F) << shift;
            shift += 7;
            if (part < 0x80)
            {
                ids.Add(previous += (long)value);
                (value, shift) = (0, 0);
            }
        }

        return [.. ids];
    }

    private static void Write(ArrayBufferWriter<byte> bytes, ulong value)
    {
        var span = bytes.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        bytes.Advance(length);
    }
}
