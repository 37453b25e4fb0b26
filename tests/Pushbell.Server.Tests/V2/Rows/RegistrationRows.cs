using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Rows;

/// <summary>The browser side: who may register, and with which endpoint.</summary>
internal static class RegistrationRows
{
    // The user agent's keys of RFC 8291, appendix A.
    private const string P256dh = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string Auth = "BTBZMqHH6r4Tts7J_aSIgg";
    private const string Endpoint = "https://updates.push.services.mozilla.com/wpush/v2/";

    private static readonly string Plain = Subscription(Endpoint + "plain");

    public static IEnumerable<Row> All => [.. Registering, .. Endpoints, .. Subscriptions, .. Keys];

    private static IEnumerable<Row> Registering =>
        [
            Registered("nothing but a subscription", Contract.Register, Of(Subscription(Endpoint + "a")), "null", Nothing, "false"),
            Registered(
                "everything",
                Contract.Register,
                Of(
                    Subscription(Endpoint + "b"),
                    """
                    "user_email":" Zoe@Example.com","user_id":"user-zoe","is_installed":true,"language":"de","time_zone":"Europe/Berlin","device_info":{"browser_name":"Firefox","browser_version":"140","os_name":"Linux","device_type":"desktop"}
                    """
                ),
                "\"zoe@example.com\"",
                """{"browser_name":"Firefox","browser_version":"140","os_name":"Linux","device_type":"desktop"}""",
                "true"
            ),
            Bad("no JSON object", Contract.Register, "[]", "The request body must be a JSON object."),
            Bad("an email that is none", Contract.Register, Of(Plain, "\"user_email\":\"zoe\""), "user_email is not an email address."),
            Bad("a number for a user id", Contract.Register, Of(Plain, "\"user_id\":7"), "user_id must be a string."),
            Bad("a list for a device", Contract.Register, Of(Plain, "\"device_info\":[]"), "device_info must be a JSON object."),
            Bad("a number for a browser's name", Contract.Register, Of(Plain, "\"device_info\":{\"browser_name\":7}"), "device_info.browser_name must be a string."),
            Bad(
                "a user id of 256 characters",
                Contract.Register,
                Of(Plain, $"\"user_id\":\"{new string('x', 256)}\""),
                "user_id has 256 characters; at most 255 are allowed."
            ),
        ];

    private static IEnumerable<Row> Endpoints =>
        [
            Registered("an endpoint with :443", Contract.Endpoints, Of(Subscription("https://fcm.googleapis.com:443/fcm/send/a")), "null", Nothing, "false"),
            Refused("a trailing dot", "https://fcm.googleapis.com./fcm/send/a", "The host of the endpoint must not end with a dot."),
            Refused("full-width characters", "https://ｆcm.googleapis.com/fcm/send/a", "The endpoint holds characters that a URL does not have."),
            Refused("bare push.apple.com", "https://push.apple.com/a", "subscription.endpoint: push.apple.com is not a push service that this installation sends to.", ""),
            Refused("permanently-removed.invalid", "https://permanently-removed.invalid/fcm/send/a", "The browser has removed this subscription; it must subscribe again."),
            Refused("another host", "https://example.com/push", "subscription.endpoint: example.com is not a push service that this installation sends to.", ""),
            Refused("a look-alike", "https://fcm.googleapis.com.evil.example/a", "subscription.endpoint: fcm.googleapis.com.evil.example is not a push service that this installation sends to.", ""),
            Refused("another port", "https://fcm.googleapis.com:8443/a", "subscription.endpoint must be an https address on port 443.", ""),
            Refused("plain http", "http://fcm.googleapis.com/a", "subscription.endpoint must be an https address on port 443.", ""),
            Refused("loopback", "https://127.0.0.1/x.google.com/", "subscription.endpoint: 127.0.0.1 is not a push service that this installation sends to.", ""),
            Refused("user information", "https://fcm.googleapis.com@127.0.0.1/a", "The endpoint must not carry user information."),
            Refused("no URL", "fcm", "The endpoint is not an absolute http or https URL."),
        ];

    private static IEnumerable<Row> Subscriptions =>
        [
            Bad("no subscription", Contract.Register, "{}", "subscription: The endpoint is missing."),
            Bad("a subscription that is a text", Contract.Register, Of("\"x\""), "subscription must be a JSON object."),
            Bad("no keys", Contract.Register, Of($$"""{"endpoint":"{{Endpoint}}c"}"""), "subscription: The key p256dh must be 65 bytes in base64url."),
            Bad("keys that are texts", Contract.Register, Of($$"""{"endpoint":"{{Endpoint}}c","keys":"k"}"""), "subscription.keys must be a JSON object."),
            Bad("a number for a key", Contract.Register, Of($$$"""{"endpoint":"{{{Endpoint}}}c","keys":{"auth":1}}"""), "subscription.keys.auth must be a string."),
            Bad("a key off the curve", Contract.Register, Of(Subscription(Endpoint + "c", P256dh[..^2] + "A4")), "subscription: The key p256dh is not an uncompressed point on the curve P-256."),
            Bad("a secret too short", Contract.Register, Of(Subscription(Endpoint + "c", auth: "BTBZMqHH6r4")), "subscription: The key auth must be 16 bytes in base64url."),
        ];

    private static IEnumerable<Row> Keys =>
        [
            Keyed("no key", null, RunningServer.Origin, 401, "UNAUTHORIZED", "Invalid or missing publishable key: send it in the X-Publishable-Key header."),
            Keyed("secret key", RunningServer.SecretKey, null, 403, "FORBIDDEN", "This key may not do that: pk_ is needed here, not sk_."),
            Keyed("no origin", RunningServer.PublishableKey, null, 403, "FORBIDDEN", Origin("(none was sent)")),
            Keyed("another origin", RunningServer.PublishableKey, "https://evil.example.com", 403, "FORBIDDEN", Origin("https://evil.example.com")),
            Keyed("an origin that only begins alike", RunningServer.PublishableKey, RunningServer.Origin + ".evil.example", 403, "FORBIDDEN", Origin(RunningServer.Origin + ".evil.example")),
        ];

    private const string Nothing = """{"browser_name":null,"browser_version":null,"os_name":null,"device_type":null}""";

    /// <summary>The apostrophe as our JSON spells it.</summary>
    private static string Origin(string origin) =>
        $"The origin {origin} may not use this publishable key; add it to the service\\u0027s allowed origins.";

    private static Row Registered(string name, string cites, string body, string email, string device, string installed) =>
        new(
            $"registration: {name}",
            cites,
            Post(body),
            new Answer(
                201,
                $$"""{"registration_id":"<reg>","organization_id":"<org>","service_id":"<svc>","status":"active","is_active":true,"is_online":true,"is_installed":{{installed}},"is_subscribed":true,"user_email":{{email}},"last_active":"2026-01-18T14:40:00Z","notification_count":0,"device_info":{{device}},"created_at":"2026-01-18T14:40:00Z","registration_token":"<token>"}"""
            )
            {
                Headers = [("Access-Control-Allow-Origin", RunningServer.Origin)],
            }
        );

    private static Row Refused(string name, string endpoint, string detail, string prefix = "subscription: ") =>
        Bad($"an endpoint with {name}", Contract.Endpoints, Of(Subscription(endpoint)), prefix + detail);

    private static Row Bad(string name, string cites, string body, string detail) =>
        new($"registration: {name}", cites, Post(body), Answer.Invalid(detail));

    private static Row Keyed(string name, string? key, string? origin, int status, string code, string detail) =>
        new($"registration: {name}", Contract.Register, Post(Of(Plain), key, origin), Answer.Error(status, code, detail));

    private static Call Post(string body) => Post(body, RunningServer.PublishableKey, RunningServer.Origin);

    private static Call Post(string body, string? key, string? origin) =>
        Call.Post("/registrations", body) with
        {
            Keys = [],
            Headers =
            [
                .. new[] { ("X-Publishable-Key", key), ("Origin", origin) }.Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!)),
            ],
        };

    private static string Of(string subscription, string more = "") =>
        $"{{\"subscription\":{subscription}{(more.Length == 0 ? "" : "," + more.Trim())}}}";

    private static string Subscription(string endpoint, string p256dh = P256dh, string auth = Auth) =>
        $$$"""{"endpoint":"{{{endpoint}}}","expirationTime":null,"keys":{"p256dh":"{{{p256dh}}}","auth":"{{{auth}}}"}}""";
}
