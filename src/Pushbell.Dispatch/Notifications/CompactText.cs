using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Pushbell.Dispatch.Notifications;

/// <summary>
/// The JSON writer escapes every character beyond U+FFFF into 12 bytes where UTF-8 needs 4; a message has 3,993 in all, and emoji are
/// common. This puts them back as they are.
/// </summary>
internal static class CompactText
{
    // "\uD83D\uDD14"
    private const int PairLength = 12;

    /// <param name="json">Valid JSON: a backslash begins an escape inside a string.</param>
    public static byte[] Create(ReadOnlySpan<byte> json)
    {
        var compact = new ArrayBufferWriter<byte>(json.Length);
        while (json.IndexOf((byte)'\\') is var at && at >= 0)
        {
            compact.Write(json[..at]);
            json = json[at..];
            if (TryReadPair(json, out var rune))
            {
                compact.Advance(rune.EncodeToUtf8(compact.GetSpan(4)));
                json = json[PairLength..];
            }
            else
            {
                // The second byte may itself be a backslash that begins nothing.
                compact.Write(json[..2]);
                json = json[2..];
            }
        }

        compact.Write(json);
        return compact.WrittenSpan.ToArray();
    }

    private static bool TryReadPair(ReadOnlySpan<byte> json, out Rune rune)
    {
        rune = default;
        return json.Length >= PairLength
            && TryReadUnit(json, out var high)
            && TryReadUnit(json[(PairLength / 2)..], out var low)
            && Rune.TryCreate(high, low, out rune);
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> json, out char unit)
    {
        unit = default;
        if (!json.StartsWith("\\u"u8) || !Utf8Parser.TryParse(json[2..6], out ushort value, out var length, 'x') || length != 4)
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
