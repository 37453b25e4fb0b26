namespace Pushbell.Server.Tests.V1.Rows;

/// <summary>Where we send to at all. Each endpoint stands in JSON as it is written here.</summary>
internal static class EndpointRows
{
    private const string NotAbsolute = "subscription: The endpoint is not an absolute http or https URL.";
    private const string Characters = "subscription: The endpoint holds characters that a URL does not have.";
    private const string NotHttps = "subscription.endpoint must be an https address on port 443.";

    public static IEnumerable<Row> All =>
        [
            Taken("https://fcm.googleapis.com/fcm/send/abc:def"),
            Taken("https://fcm.googleapis.com:443/fcm/send/abc"),
            Taken("https://FCM.googleapis.com/wp/abc"),
            Taken("https://jmt17.google.com/fcm/send/abc"),
            Taken("https://updates.push.services.mozilla.com/wpush/v2/abc"),
            Taken("https://web.push.apple.com/QAbc"),
            Taken("https://wns2-am3p.notify.windows.com/w/?token=abc%2f"),
            Refused("http://fcm.googleapis.com/wp/abc", NotHttps),
            Refused("https://fcm.googleapis.com:8443/wp/abc", NotHttps),
            Refused("http://127.0.0.1:1/push/abc", NotHttps),
            Other("127.0.0.1", "https://127.0.0.1/x.push.apple.com/"),
            Other("10.0.0.5", "https://10.0.0.5/"),
            Other("169.254.169.254", "https://169.254.169.254/latest/meta-data"),
            Other("localhost", "https://localhost/"),
            Other("example.com", "https://example.com/push"),
            Other("android.googleapis.com", "https://android.googleapis.com/gcm/send/abc"),
            Other("push.apple.com", "https://push.apple.com/abc"),
            Other("notify.windows.com", "https://notify.windows.com/abc"),
            Other("push.services.mozilla.com", "https://push.services.mozilla.com/abc"),
            Other("evilpush.apple.com", "https://evilpush.apple.com/abc"),
            Other("web.push.apple.com.example.com", "https://web.push.apple.com.example.com/"),
            Other("fcm.googleapis.com.example.com", "https://fcm.googleapis.com.example.com/"),
            Other("example.com", "https://example.com/?fcm.googleapis.com"),
            Other("::1", "https://[::1]/"),
            Other("::ffff:127.0.0.1", "https://[::ffff:127.0.0.1]/"),
            Disguised("127.0.0.1", "https://127.1/"),
            Disguised("127.0.0.1", "https://2130706433/"),
            Disguised("127.0.0.1", "https://0x7f.1/"),
            Disguised("127.0.0.1", "https://017700000001/"),
            Refused("//fcm.googleapis.com/wp/abc", NotAbsolute),
            Refused("fcm.googleapis.com/wp/abc", NotAbsolute),
            Refused("ftp://fcm.googleapis.com/", NotAbsolute),
            Refused("javascript:alert(1)", NotAbsolute),
            Refused("https:///wp/abc", NotAbsolute),
            Refused("https://fcm%2egoogleapis%2ecom/wp/abc", NotAbsolute),
            Refused("https://ｆｃｍ.googleapis.com/wp/abc", Characters),
            Refused("https://fcm。googleapis。com/wp/abc", Characters),
            Refused(@"https:\\\\fcm.googleapis.com\\wp", Characters),
            Refused(@"https://example.com\\@fcm.googleapis.com/", Characters),
            Refused(@"https://fcm.googleapis.com/wp/a\nb", Characters),
            Refused(" https://fcm.googleapis.com/wp/abc", Characters),
            Refused("https://fcm.googleapis.com@example.com/", "subscription: The endpoint must not carry user information."),
            Refused("https://user:secret@fcm.googleapis.com/wp/abc", "subscription: The endpoint must not carry user information."),
            Refused("https://fcm.googleapis.com/wp/abc#x", "subscription: The endpoint must not carry a fragment."),
            Refused("https://fcm.googleapis.com./wp/abc", "subscription: The host of the endpoint must not end with a dot."),
            Refused(
                "https://permanently-removed.invalid/fcm/send/abc",
                "subscription: The browser has removed this subscription; it must subscribe again."
            ),
            Refused(
                "https://fcm.googleapis.com/" + new string('a', 2022),
                "subscription: The endpoint is longer than 2048 characters."
            ),
        ];

    private static Row Taken(string endpoint) => Of(Room.PublicHosts, endpoint, 201, """{"ok":true}""");

    private static Row Refused(string endpoint, string sentence) => Of(Room.OtherHosts, endpoint, 400, Row.Error(sentence));

    private static Row Other(string host, string endpoint) =>
        Refused(endpoint, $"subscription.endpoint: {host} is not a push service that this installation sends to.");

    private static Row Disguised(string host, string endpoint) =>
        Refused(endpoint, $"subscription: The host of the endpoint is written in a disguised form of {host}.");

    private static Row Of(string cites, string endpoint, int status, string answer) =>
        new(
            cites,
            $"endpoint: {(endpoint.Length > 100 ? $"of {endpoint.Length} characters" : endpoint)}",
            new V1Request(
                "/subscribe",
                $$$"""{"email":"{email}","subscription":{"endpoint":"{{{endpoint}}}","keys":{"p256dh":"{p256dh}","auth":"{auth}"} } }"""
            ),
            status,
            answer
        );
}
