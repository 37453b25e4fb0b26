using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pushbell.WebPush;

/// <summary>One signed token and how long it serves.</summary>
internal sealed record VapidToken(string Authorization, DateTimeOffset SignedAt)
{
    /// <summary>RFC 8292 §2 allows 24 hours; half of it bears a clock that is off.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private static readonly TimeSpan ReplacedAfter = Lifetime / 2;

    // base64url({"typ":"JWT","alg":"ES256"})
    private const string Header = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9";

    // The subject's '+' stays a '+'; not every push service reads escapes.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>False also when the clock was set back so far that the expiry would be more than 24 hours ahead.</summary>
    public bool IsFresh(DateTimeOffset now) => (now - SignedAt).Duration() < ReplacedAfter;

    public static VapidToken Sign(VapidIdentity identity, string origin, DateTimeOffset now)
    {
        var unsigned = $"{Header}.{Base64Url.EncodeToString(Claims(origin, now + Lifetime, identity.Subject))}";
        var signature = Base64Url.EncodeToString(identity.Keys.Sign(Encoding.ASCII.GetBytes(unsigned)));
        return new VapidToken($"vapid t={unsigned}.{signature}, k={identity.Keys.PublicKey}", now);
    }

    private static ReadOnlySpan<byte> Claims(string audience, DateTimeOffset expiry, string subject)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Json))
        {
            writer.WriteStartObject();
            writer.WriteString("aud", audience);
            writer.WriteNumber("exp", expiry.ToUnixTimeSeconds());
            writer.WriteString("sub", subject);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
