using System.Buffers;

namespace Pushbell.LocalPushService.PushResource;

/// <summary>What a sender asks of a message besides its content: the header fields of RFC 8030 §5. The TTL is in seconds, at most <see cref="LongestTtl"/>.</summary>
internal sealed record DeliveryTerms(int Ttl, string Urgency, string? Topic, string? ContentEncoding)
{
    /// <summary>30 days; RFC 8030 §5.2 lets a push service keep messages for less time than asked, and say so.</summary>
    public const int LongestTtl = 2_592_000;

    public const string MessageEncoding = "aes128gcm";
    private const int LongestTopic = 32;

    private static readonly string[] Urgencies = ["very-low", "low", "normal", "high"];

    private static readonly SearchValues<char> Base64UrlAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static Refusal? Read(IHeaderDictionary headers, out DeliveryTerms terms)
    {
        var urgency = headers["Urgency"];
        var topic = headers["Topic"];
        terms = new DeliveryTerms(0, urgency is [var given] ? given! : "normal", topic is [var name] ? name : null, headers.ContentEncoding);

        // RFC 8030 §5.2: TTL = 1*DIGIT, and a request without it is refused.
        if (headers["TTL"] is not [var ttl])
            return Refusal.Header(111, "One TTL header is required (RFC 8030, section 5.2).");
        if (string.IsNullOrEmpty(ttl) || ttl.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return Refusal.Header(112, "TTL is a number of seconds in digits (RFC 8030, section 5.2).");
        if (urgency.Count > 1 || !Urgencies.Contains(terms.Urgency))
            return Refusal.Header(0, "Urgency is one of very-low, low, normal, high (RFC 8030, section 5.3).");
        if (topic.Count > 1 || terms.Topic is { } text && !IsTopic(text))
            return Refusal.Header(113, "Topic is 1 to 32 characters of base64url (RFC 8030, section 5.4).");

        // A number too large for an int asks for longer than we keep anything.
        terms = terms with { Ttl = int.TryParse(ttl, out var seconds) ? Math.Min(seconds, LongestTtl) : LongestTtl };
        return null;
    }

    private static bool IsTopic(string text) =>
        text.Length is > 0 and <= LongestTopic && !text.AsSpan().ContainsAnyExcept(Base64UrlAlphabet);
}
