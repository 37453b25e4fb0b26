using System.Text;
using Pushbell.Server.Tests.V2.Conformance;
using static Pushbell.Server.Tests.V2.Rows.SendBodies;

namespace Pushbell.Server.Tests.V2.Rows;

/// <summary>Bodies as bytes: JSON, media type, encoding and size.</summary>
internal static class BodyRows
{
    private const int SmallLimit = 64 * 1024, LargeLimit = 1024 * 1024;
    private const string MediaType = "Send a JSON body with Content-Type: application/json.";
    private const string ContentEncoding = "Content-Encoding is not supported; send the JSON as it is.";

    public static IEnumerable<Row> All => [.. Malformed, .. MediaTypes, .. Sizes];

    private static IEnumerable<Row> Malformed =>
        [
            Bad("empty", "", "Malformed JSON at line 1, byte 1."),
            Bad("no JSON", "title=Hello", "Malformed JSON at line 1, byte 2."),
            Bad("cut off", """{"title":"Hello""", "Malformed JSON at line 1, byte 16."),
            Bad("single quotes", "{'title':'x'}", "Malformed JSON at line 1, byte 2."),
            Bad("a comma behind the last", """{"title":"x",}""", "Malformed JSON at line 1, byte 14."),
            Bad("a comment", """{"title":"x" /* y */}""", "Malformed JSON at line 1, byte 14."),
            Bad("something behind it", With() + "x", $"Malformed JSON at line 1, byte {With().Length - "<ann1>".Length + "reg_0123456789abc".Length + 1}."),
            Bad("in the third line", "{\n\"title\":\n tru}", "Malformed JSON at line 3, byte 5."),
            Bad("malformed in a field called depth", """{"depth":tru}""", "Malformed JSON at line 1, byte 13."),
            Bad("malformed in a field called duplicate", """{"duplicate":tru}""", "Malformed JSON at line 1, byte 17."),
            Bad("a list", "[]", "The request body must be a JSON object."),
            Bad("a string", "\"title\"", "The request body must be a JSON object."),
            Bad("a number", "1", "The request body must be a JSON object."),
            Bad("null", "null", "The request body must be a JSON object."),
            Bad("the null character, escaped", """{"title":"a\u0000b"}""", "The request body holds a null character, which is in no text that could be stored or shown."),
            Bad("a backslash before u0000", """{"title":"a\\u0000","title":"b"}""", "Malformed JSON: a property is given twice."),
            Bad("a field given twice", """{"title":"a","title":"b"}""", "Malformed JSON: a property is given twice."),
            Bad("too deep", Repeat("{\"x\":", 17) + "1" + new string('}', 17), "Malformed JSON: nested deeper than 16 levels."),
            Bad("nothing but brackets", new string('[', 5_000), "The request body must be a JSON object."),
            new(
                "JSON: bytes that are no UTF-8",
                Page.InvalidRequest,
                Call.Post("/send", [.. """{"title":"""u8, (byte)'"', 0xFF, .. "\"}"u8]),
                Answer.Invalid("title must be a string.")
            ),
            new(
                "JSON: bytes that are no UTF-8 in data",
                Page.InvalidRequest,
                Call.Post("/send", [.. """{"title":"T","body":"B","target_all":true,"data":{"a":"""u8, (byte)'"', 0xC3, .. "\"}}"u8]),
                Answer.Invalid("data must be valid Unicode.")
            ),
        ];

    private static IEnumerable<Row> MediaTypes =>
        [
            Typed("with charset", "application/json; charset=utf-8", Answer.Sent(1)),
            Typed("in capitals", "Application/JSON; Charset=\"UTF-8\"", Answer.Sent(1)),
            Typed("missing", null, Wrong(MediaType)),
            Typed("text", "text/plain", Wrong(MediaType)),
            Typed("a form", "application/x-www-form-urlencoded", Wrong(MediaType)),
            Typed("JSON of another kind", "application/problem+json", Wrong(MediaType)),
            Typed("another charset", "application/json; charset=utf-16", Wrong(MediaType)),
            Encoded("gzip"),
            Encoded("br"),
        ];

    private static IEnumerable<Row> Sizes =>
        [
            Sized("64 KiB", With(), SmallLimit, Answer.Sent(1)),
            Sized("64 KiB without a list", To(("target_all", "true")), SmallLimit, Answer.Sent(4)),
            Sized("64 KiB and a byte without a list", To(("target_all", "true")), SmallLimit + 1, TooLarge("65,536")),
            Sized("64 KiB and a byte with a list of ids", With(), SmallLimit + 1, Answer.Sent(1)),
            Sized("64 KiB and a byte with a list of emails", To(("target_user_emails", "[\"bob@example.com\"]")), SmallLimit + 1, Answer.Sent(1)),
            Sized("1 MiB with a list", To(("target_user_ids", "[\"user-bob\"]")), LargeLimit, Answer.Sent(1)),
            new(
                "size: 1 MiB and a byte",
                Contract.BodySize,
                Call.Send(To(("target_user_ids", "[\"user-bob\"]")).PadRight(LargeLimit + 1)),
                TooLarge("1,048,576")
            ),
            new(
                "size: a payload of 3,993 bytes",
                Contract.OneRecord,
                Call.Send(With(("data", Data(PayloadRoom)))),
                Answer.Sent(1)
            ),
            new(
                "size: a payload of 3,994 bytes",
                Contract.OneRecord,
                Call.Send(With(("data", Data(PayloadRoom + 1)))),
                Answer.Invalid(
                    "The notification is 1 bytes too large: encoded it has 3994 bytes, and one encrypted push message holds 3993. Shorten data, body or the URLs."
                )
            ),
        ];

    /// <summary>What one message holds, less the payload of an otherwise plain send with an empty text in its data.</summary>
    private static int PayloadRoom =>
        3993
        - Encoding.UTF8.GetByteCount(
            """{"web_push":8030,"notification":{"title":"Hello!","body":"World","tag":"req_0123456789abc","navigate":"https://app.example.com/","data":{"x":""}},"pushbell":{"id":"req_0123456789abc"}}"""
        );

    private static string Data(int length) => $$"""{"x":"{{new string('x', length)}}"}""";

    private static Row Bad(string name, string body, string detail) => new($"JSON: {name}", Page.InvalidRequest, Call.Send(body), Answer.Invalid(detail));

    private static Row Typed(string name, string? type, Answer answer) =>
        new($"media type: {name}", Page.ContentType, Call.Send(With()) with { ContentType = type }, answer);

    private static Row Encoded(string coding) =>
        new(
            $"content encoding: {coding}",
            Contract.OtherStatuses,
            Call.Send(With()) with
            {
                Headers = [("Content-Encoding", coding)],
            },
            Wrong(ContentEncoding)
        );

    private static Answer Wrong(string detail) => Answer.Error(415, "INVALID_REQUEST", detail);

    private static Answer TooLarge(string limit) => Answer.Error(413, "INVALID_REQUEST", $"The request body is larger than {limit} bytes.");

    /// <summary>Blanks behind the JSON, until the body with its ids has so many bytes.</summary>
    private static Row Sized(string name, string body, int size, Answer answer)
    {
        var ids = body.Contains("<ann1>", StringComparison.Ordinal) ? "reg_0123456789abc".Length - "<ann1>".Length : 0;
        return new Row($"size: {name}", Contract.BodySize, Call.Send(body.PadRight(size - ids)), answer);
    }
}
