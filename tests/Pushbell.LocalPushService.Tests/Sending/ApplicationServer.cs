using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Pushbell.LocalPushService.VirtualSubscriptions;

namespace Pushbell.LocalPushService.Tests.Sending;

/// <summary>The sender's half of the protocol, written apart from every product: one VAPID key and the requests it signs.</summary>
internal sealed class ApplicationServer(TimeProvider clock) : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string PublicKey
    {
        get
        {
            var point = key.ExportParameters(includePrivateParameters: false).Q;
            return Base64Url.EncodeToString([4, .. point.X!, .. point.Y!]);
        }
    }

    /// <summary>A push that breaks no rule, ready to be spoilt.</summary>
    public HttpRequestMessage Push(VirtualSubscription subscription, string plaintext) =>
        Push(new Uri(subscription.Endpoint), Encryption.Encrypt(Encoding.UTF8.GetBytes(plaintext), subscription.P256dh, subscription.Auth));

    public HttpRequestMessage Push(Uri endpoint, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Headers.Add("TTL", "60");
        request.Headers.TryAddWithoutValidation("Authorization", Authorization(endpoint));
        if (body.Length > 0)
        {
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            request.Content.Headers.ContentEncoding.Add("aes128gcm");
        }

        return request;
    }

    public string Authorization(Uri endpoint) => $"vapid t={Token(Claims(endpoint))}, k={PublicKey}";

    public JsonObject Claims(Uri endpoint) => new()
    {
        ["aud"] = endpoint.GetLeftPart(UriPartial.Authority),
        ["exp"] = (clock.GetUtcNow() + TimeSpan.FromHours(12)).ToUnixTimeSeconds(),
        ["sub"] = "mailto:push@example.com",
    };

    public string Token(JsonObject claims, string algorithm = "ES256")
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = algorithm };
        var signed = $"{Part(header)}.{Part(claims)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose() => key.Dispose();

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
