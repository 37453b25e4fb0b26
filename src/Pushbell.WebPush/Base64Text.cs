using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Pushbell.WebPush;

/// <summary>Keys as text: base64url is what the RFCs say, padding and the standard alphabet are what some clients send.</summary>
internal static class Base64Text
{
    public static bool TryDecode(string? text, int expectedLength, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;

        // Four characters carry three bytes; a longer text is refused unread.
        if (text is null || text.Length > (expectedLength + 2) / 3 * 4)
        {
            return false;
        }

        var canonical = text.TrimEnd('=').Replace('+', '-').Replace('/', '_');
        if (!Base64Url.IsValid(canonical, out var length) || length != expectedLength)
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(canonical);
        return true;
    }
}
