using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1.Rows;

/// <summary>Subscribing and unsubscribing: what is stored, by whom, and what a subscription must be.</summary>
internal static class SubscriptionRows
{
    private const string Good = """{"email":"{email}","subscription":{"endpoint":"{endpoint}","keys":{"p256dh":"{p256dh}","auth":"{auth}"}}}""";
    private const string Ok = """{"ok":true}""";
    private const string BadPoint = "The key p256dh must be 65 bytes in base64url.";
    private const string BadAuth = "The key auth must be 16 bytes in base64url.";
    private const string NoEndpoint = "The endpoint is missing.";
    private static readonly string OffCurve = "BA" + new string('A', 85);

    public static IEnumerable<Row> All =>
        [
            Subscribed(Page.Subscribes, "a device", new V1Request("/subscribe", Good)),
            Subscribed(Page.Subscribes, "a second device", new V1Request("/subscribe", Good)) with { Devices = [201] },
            Subscribed(
                Page.Subscribes,
                "all that a browser's toJSON has",
                new V1Request("/subscribe", Good.Replace("\"keys\"", "\"expirationTime\":null,\"keys\""))
            ),
            Subscribed(
                Page.CalledByPages,
                "a publishable key from an allowed origin",
                new V1Request("/subscribe", Good) { Key = RunningServer.PublishableKey, Origin = RunningServer.Origin }
            ),
            Subscribed(Room.BadSubscription, "keys with padding", new V1Request("/subscribe", Good.Replace("{auth}", "{auth}=="))),
            Bad("no subscription", """{"email":"{email}"}""", NoEndpoint),
            Bad("subscription is null", """{"email":"{email}","subscription":null}""", NoEndpoint),
            Bad("no endpoint", Good.Replace("\"endpoint\"", "\"url\""), NoEndpoint),
            Bad("no keys", Good.Replace("\"keys\"", "\"key\""), BadPoint),
            Bad("no p256dh", Good.Replace("\"p256dh\"", "\"p256\""), BadPoint),
            Bad("p256dh is short", Good.Replace("{p256dh}", "BAAA"), BadPoint),
            Bad("p256dh is no base64", Good.Replace("{p256dh}", new('!', 87)), BadPoint),
            Bad("p256dh is off the curve", Good.Replace("{p256dh}", OffCurve), "The key p256dh is not an uncompressed point on the curve P-256."),
            Bad("no auth", Good.Replace("\"auth\"", "\"secret\""), BadAuth),
            Bad("auth is short", Good.Replace("{auth}", "AAAA"), BadAuth),
            Bad("auth is long", Good.Replace("{auth}", new('A', 24)), BadAuth),
            Type("subscription is a string", """{"email":"{email}","subscription":"x"}""", "subscription must be a JSON object."),
            Type("endpoint is a number", Good.Replace("\"{endpoint}\"", "1"), "subscription.endpoint must be a string."),
            Type("keys is a list", """{"email":"{email}","subscription":{"keys":[]}}""", "subscription.keys must be a JSON object."),
            Type("auth is a number", Good.Replace("\"{auth}\"", "1"), "subscription.keys.auth must be a string."),
            Removed(Page.Unsubscribes, "two devices", [201, 201], 2),
            Removed(Page.Removed, "one device", [201], 1),
            Removed(Room.RemovedNobody, "nobody", [], 0),
            Removed(Page.CleanedUp, "someone whose one device is gone", [], 0) with { GoneDevices = 1 },
            Removed(Page.CleanedUp, "one device is gone, one is not", [201], 1) with { GoneDevices = 1 },
            Removed(Page.Unsubscribes, "a publishable key from an allowed origin", [201], 1) with
            {
                Request = Unsubscribe with { Key = RunningServer.PublishableKey, Origin = RunningServer.Origin },
            },
            Removed(Room.Email, "email in capitals", [201], 1) with
            {
                Request = Unsubscribe with { Body = """{"email":" {EMAIL}"}""" },
            },
        ];

    private static V1Request Unsubscribe => new("/unsubscribe", """{"email":"{email}"}""");

    private static Row Subscribed(string cites, string name, V1Request request) => new(cites, $"subscribe: {name}", request, 201, Ok);

    private static Row Bad(string name, string body, string sentence) => Type(name, body, "subscription: " + sentence);

    private static Row Type(string name, string body, string sentence) =>
        new(Room.BadSubscription, $"subscribe: {name}", new V1Request("/subscribe", body), 400, Row.Error(sentence));

    private static Row Removed(string cites, string name, IReadOnlyList<int> devices, int removed) =>
        new(cites, $"unsubscribe: {name}", Unsubscribe, 200, $$"""{"removed":{{removed}}}""") { Devices = devices };
}
