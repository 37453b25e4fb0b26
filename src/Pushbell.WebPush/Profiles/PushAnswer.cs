using System.Globalization;
using System.Text;

namespace Pushbell.WebPush;

/// <summary>The answer of a push service as far as it is read: status, headers, the first 4 KiB of a refusal's body.</summary>
internal sealed class PushAnswer(HttpResponseMessage response, Uri endpoint, string body, DateTimeOffset receivedAt)
{
    private const int MaxBodyLength = 4096;
    private const int MaxLocationLength = 2048;

    public int StatusCode => (int)response.StatusCode;

    public string Body => body;

    public DateTimeOffset ReceivedAt => receivedAt;

    /// <summary>Location may be relative to the endpoint (RFC 9110 §10.2.2); one at another origin is none of ours to call.</summary>
    public Uri? Location =>
        Header("Location") is { Length: <= MaxLocationLength } text
        && Uri.TryCreate(endpoint, text, out var location)
        && location.GetLeftPart(UriPartial.Authority) == endpoint.GetLeftPart(UriPartial.Authority)
            ? location
            : null;

    public TimeSpan? GrantedTtl =>
        int.TryParse(Header("TTL"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>The first value as it was sent: the typed headers drop what they cannot read.</summary>
    public string? Header(string name)
    {
        if (response.Headers.NonValidated.TryGetValues(name, out var values))
        {
            foreach (var value in values)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Reads the body of a refusal until it ends, breaks, 4 KiB are there, or the token fires.</summary>
    /// <remarks>The status is known by then, so a body that breaks off takes nothing away from the answer.</remarks>
    public static async Task<PushAnswer> ReadAsync(
        HttpResponseMessage response,
        Uri endpoint,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        // A success says all in its headers; reading on would only wait for a slow end.
        var body = response.IsSuccessStatusCode ? string.Empty : await ReadBodyAsync(response.Content, cancellationToken);
        return new PushAnswer(response, endpoint, body, clock.GetUtcNow());
    }

    private static async Task<string> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBodyLength];
        var length = 0;
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken);
            while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or OperationCanceledException)
        {
            // What has arrived is what there is.
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
