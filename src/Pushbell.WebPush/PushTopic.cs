using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Pushbell.WebPush;

/// <summary>A topic as RFC 8030 §5.4 allows it: 1 to 32 characters of the URL-safe base64 alphabet.</summary>
public readonly record struct PushTopic
{
    private const int MaxLength = 32;
    private readonly string? value;

    private PushTopic(string value) => this.value = value;

    /// <summary>The header's value; empty only for <c>default</c>, which is not sent.</summary>
    public string Value => value ?? string.Empty;

    /// <summary>Takes a text that already is a topic.</summary>
    public static bool TryParse(string? text, out PushTopic topic)
    {
        var valid =
            text is { Length: > 0 and <= MaxLength }
            && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');
        topic = valid ? new PushTopic(text!) : default;
        return valid;
    }

    /// <summary>A topic of 32 characters for any tag, the same one each time: the head of base64url(SHA-256(tag)).</summary>
    public static PushTopic FromTag(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return new PushTopic(Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(tag)))[..MaxLength]);
    }

    public override string ToString() => Value;
}
