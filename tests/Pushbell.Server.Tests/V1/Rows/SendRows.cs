namespace Pushbell.Server.Tests.V1.Rows;

/// <summary>Sends that are accepted: who is reached and what is counted.</summary>
internal static class SendRows
{
    private const string Plain = """{"email":"{email}","title":"Your table is ready","body":"Head to the host stand."}""";

    public static IEnumerable<Row> All =>
        [
            Send(Page.AllDevices, "one device", [201], sent: 1, failed: 0),
            Send(Page.Sent, "iPhone and laptop", [201, 201], sent: 2, failed: 0),
            Send(Page.Failed, "one device answers 410", [410, 201], sent: 1, failed: 1),
            Send(Page.Failed, "one device answers 404", [404, 201], sent: 1, failed: 1),
            Send(Room.AllGone, "every device is gone", [410, 404], sent: 0, failed: 2),
            Send(Room.Ended, "the push service refuses the message with 400", [400], sent: 0, failed: 1),
            Send(Room.Ended, "the push service finds it too large", [413], sent: 0, failed: 1),
            Send(Room.Ended, "the push service is overloaded", [503], sent: 0, failed: 0),
            Send(Room.Ended, "one is overloaded, one gone, one well", [429, 410, 201], sent: 1, failed: 1),
            Send(Room.NotMetered, "without metering", [201], sent: 1, failed: 0),
            Nobody(Page.Nobody, "someone who never subscribed"),
            Nobody(Page.NeverOrExpired, "someone whose one device is gone", gone: true),
            Body(Room.Email, "email in capitals and with blanks around", """{"email":"  {EMAIL} ","title":"T","body":"B"}"""),
            Body(Page.TapTarget, "with url", """{"email":"{email}","title":"T","body":"B","url":"https://your-site.com/reservation/abc123"}"""),
            Body(Page.TapTarget, "url is null", """{"email":"{email}","title":"T","body":"B","url":null}"""),
            Body(Page.TapTarget, "url is empty", """{"email":"{email}","title":"T","body":"B","url":""}"""),
            Body(Page.TapTarget, "url is plain http", """{"email":"{email}","title":"T","body":"B","url":"http://intranet/"}"""),
            Body(Room.Payload, "a title of 300 characters", """{"email":"{email}","title":"TITLE","body":"B"}""".Replace("TITLE", new('t', 300))),
            Body(Room.Payload, "a body of 3,500 characters", """{"email":"{email}","title":"T","body":"BODY"}""".Replace("BODY", new('b', 3500))),
            Body(Room.Payload, "any script and emoji", """{"email":"{email}","title":"予約 🍽️","body":"Ihr Tisch ist bereit — \u0041\n"}"""),
            Body(Page.Json, "unknown properties are ignored", """{"email":"{email}","title":"T","body":"B","tag":["x"],"Email":1}"""),
            Body(Page.Json, "Content-Type with a charset", Plain, "application/json; charset=utf-8"),
            Body(Page.Json, "Content-Type in capitals", Plain, "APPLICATION/JSON; charset=\"UTF-8\""),
        ];

    private static Row Send(string cites, string name, IReadOnlyList<int> devices, int sent, int failed) =>
        new(cites, $"send: {name}", new V1Request("/send", Plain), 200, $$"""{"sent":{{sent}},"failed":{{failed}},"credits":null}""")
        {
            Devices = devices,
        };

    private static Row Nobody(string cites, string name, bool gone = false) =>
        new(cites, $"send: {name}", new V1Request("/send", Plain), 404, Row.Error("No active subscriptions found for this email."))
        {
            GoneDevices = gone ? 1 : 0,
        };

    private static Row Body(string cites, string name, string body, string contentType = "application/json") =>
        Send(cites, name, [201], sent: 1, failed: 0) with
        {
            Request = new V1Request("/send", body) { ContentType = contentType },
        };
}
