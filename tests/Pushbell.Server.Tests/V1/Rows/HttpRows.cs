namespace Pushbell.Server.Tests.V1.Rows;

/// <summary>What HTTP itself refuses is said in /v1's own form too.</summary>
internal static class HttpRows
{
    private const string MediaType = "Send a JSON body with Content-Type: application/json.";
    private static readonly string Deep = string.Concat(Enumerable.Repeat("[", 16)) + string.Concat(Enumerable.Repeat("]", 16));

    public static IEnumerable<Row> All =>
        [
            Unknown("no such route", "/nothing"),
            Unknown("nothing after /v1", ""),
            Unknown("below a route", "/send/now"),
            Unknown("without a key", "/nothing") with { Request = new V1Request("/nothing", "{}") { Key = null } },
            .. new[] { "GET", "PUT", "PATCH", "DELETE", "OPTIONS" }.Select(method => Method("/send", method)),
            .. new[] { "GET", "DELETE" }.Select(method => Method("/subscribe", method)),
            .. new[] { "GET", "DELETE" }.Select(method => Method("/unsubscribe", method)),
            Media("no Content-Type", null),
            Media("text", "text/plain"),
            Media("a form, as curl sends by default", "application/x-www-form-urlencoded"),
            Media("another charset", "application/json; charset=iso-8859-1"),
            Media("something like JSON", "application/jsonlines"),
            Send("a compressed body", "{}", 415, "Content-Encoding is not supported; send the JSON as it is.") with
            {
                Request = new V1Request("/send", "{}") { Headers = [("Content-Encoding", "gzip")] },
            },
            Send("64 KiB and a byte", Padded(64 * 1024 + 1), 413, "The request body is larger than 65,536 bytes."),
            Send("64 KiB", Padded(64 * 1024), 404, "No active subscriptions found for this email."),
            Send("some megabytes", Padded(4 * 1024 * 1024), 413, "The request body is larger than 65,536 bytes."),
            Send("more than the server ever takes off the wire", "{}", 413, "The request body is too large.") with
            {
                // Nobody drops that much: who does not ask first may find the connection closed instead of the answer.
                Request = new V1Request("/send", Padded(8 * 1024 * 1024 + 1)) { Headers = [("Expect", "100-continue")] },
            },
            Send("16 levels below the object", $$"""{"x":{{Deep}}}""", 400, "Malformed JSON: nested deeper than 16 levels."),
            Send("email twice", """{"email":"{email}","email":"b@example.com"}""", 400, "Malformed JSON: a property is given twice."),
            Send("title twice, once null", """{"title":null,"title":"T"}""", 400, "Malformed JSON: a property is given twice."),
        ];

    private static string Padded(int bytes)
    {
        // The address of a row is put in later and has a fixed length.
        var body = """{"title":"T","body":"B","email":"nobody@example.com"}""";
        return body + new string(' ', bytes - body.Length);
    }

    private static Row Unknown(string name, string path) =>
        new(Room.EveryError, $"HTTP: {name}", new V1Request(path, "{}"), 404, Row.Error($"There is nothing at /v1{path}."));

    private static Row Method(string path, string method) =>
        new(
            Room.EveryError,
            $"HTTP: {method} {path}",
            new V1Request(path, "{}") { Method = new HttpMethod(method) },
            405,
            Row.Error($"/v1{path} does not take {method}; it takes POST.")
        );

    private static Row Media(string name, string? contentType) =>
        new(
            Page.Json,
            $"HTTP: {name}",
            new V1Request("/send", "{}") { ContentType = contentType },
            415,
            Row.Error(MediaType)
        );

    private static Row Send(string name, string body, int status, string sentence) =>
        new(Room.Body, $"HTTP: {name}", new V1Request("/send", body), status, Row.Error(sentence));
}
