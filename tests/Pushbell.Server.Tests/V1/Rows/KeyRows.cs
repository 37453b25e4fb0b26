using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1.Rows;

/// <summary>Who may call: 401 without a known key, 403 with one that may not do this.</summary>
internal static class KeyRows
{
    private const string Missing = "Invalid or missing API key: send it in the X-Api-Key header.";
    private const string Unknown = "Invalid or missing API key: the one in X-Api-Key is unknown or revoked.";
    private const string Leaked = "This key came from a web page, where anyone can read it. Use it on a server only, and revoke it now.";
    private const string Somewhere = "https://elsewhere.example";

    private static readonly V1Request Send = V1Request.Send("{email}");
    private static readonly V1Request Unsubscribe = new("/unsubscribe", """{"email":"{email}"}""");

    public static IEnumerable<Row> All =>
        [
            .. new[] { "/send", "/subscribe", "/unsubscribe" }.SelectMany(Unauthorized),
            new(Page.Key, "send: the key in X-Secret-Key", Elsewhere("X-Secret-Key"), 401, Row.Error(Missing)),
            new(Page.Key, "send: the key in Authorization", Elsewhere("Authorization"), 401, Row.Error(Missing)),
            new(Page.Key, "send: the header's name in capitals", Elsewhere("X-API-KEY"), 404, Row.Error("No active subscriptions found for this email.")),
            Forbidden(Room.SendKeys, "send: a secret key", Send with { Key = RunningServer.SecretKey }, Kind("psk_", "sk_")),
            Forbidden(Room.SendKeys, "send: a publishable key", Send with { Key = RunningServer.PublishableKey }, Kind("psk_", "pk_")),
            Forbidden(
                Room.SendKeys,
                "send: a publishable key from an allowed origin",
                Send with { Key = RunningServer.PublishableKey, Origin = RunningServer.Origin },
                Kind("psk_", "pk_")
            ),
            Forbidden(Room.BrowserKeys, "unsubscribe: a secret key", Unsubscribe with { Key = RunningServer.SecretKey }, Kind("psk_ or pk_", "sk_")),
            Forbidden(Room.LeakedKey, "send: an API key with an allowed origin", Send with { Origin = RunningServer.Origin }, Leaked),
            Forbidden(Room.LeakedKey, "send: an API key with some origin", Send with { Origin = Somewhere }, Leaked),
            Forbidden(Room.LeakedKey, "send: an API key with the origin null", Send with { Origin = "null" }, Leaked),
            Forbidden(Room.LeakedKey, "unsubscribe: an API key with an allowed origin", Unsubscribe with { Origin = RunningServer.Origin }, Leaked),
            Publishable("without an origin", null),
            Publishable("from elsewhere", Somewhere),
            Publishable("with the origin null", "null"),
            Publishable("with an allowed origin's other port", RunningServer.Origin + ":8443"),
            Publishable("with an allowed origin's http twin", RunningServer.Origin.Replace("https", "http")),
            Publishable("from below an allowed origin", RunningServer.Origin.Replace("app.", "x.app.")),
        ];

    private static IEnumerable<Row> Unauthorized(string path)
    {
        var request = new V1Request(path, """{"email":"{email}"}""");
        var name = path[1..];
        yield return new(Page.Unauthorized, $"{name}: no key", request with { Key = null }, 401, Row.Error(Missing));
        yield return new(Page.Unauthorized, $"{name}: an empty key", request with { Key = "" }, 401, Row.Error(Missing));
        yield return new(Page.Unauthorized, $"{name}: an unknown key", request with { Key = "psk_nobody_has_this_key" }, 401, Row.Error(Unknown));
        yield return new(Page.Unauthorized, $"{name}: no key and no JSON", request with { Key = null, Body = "{" }, 401, Row.Error(Missing));
        yield return new(
            Page.Unauthorized,
            $"{name}: a key in other letters",
            request with { Key = RunningServer.ApiKey.ToUpperInvariant() },
            401,
            Row.Error(Unknown)
        );
        yield return new(Page.Unauthorized, $"{name}: 300 characters", request with { Key = new string('k', 300) }, 401, Row.Error(Missing));
        yield return new(
            Page.Unauthorized,
            $"{name}: two keys",
            request with { Headers = [("X-Api-Key", RunningServer.ApiKey)] },
            401,
            Row.Error(Unknown)
        );
    }

    private static V1Request Elsewhere(string header) => Send with { Key = null, Headers = [(header, RunningServer.ApiKey)] };

    private static string Kind(string wanted, string given) => $"This key may not do that: {wanted} is needed here, not {given}.";

    private static Row Forbidden(string cites, string name, V1Request request, string sentence) =>
        new(cites, name, request, 403, Row.Error(sentence));

    private static Row Publishable(string name, string? origin) =>
        Forbidden(
            Room.BrowserKeys,
            $"unsubscribe: a publishable key {name}",
            Unsubscribe with { Key = RunningServer.PublishableKey, Origin = origin },
            // The default JSON encoder writes the apostrophe as an escape.
            $"The origin {origin ?? "(none was sent)"} may not use this publishable key; add it to the service\\u0027s allowed origins."
        );
}
