using Pushbell.Server.Tests.V2.Conformance;
using static Pushbell.Server.Tests.V2.Rows.SendBodies;

namespace Pushbell.Server.Tests.V2.Rows;

/// <summary>What the page lists in the body of a send: presence, types and limits.</summary>
internal static class SendFieldRows
{
    private const string Bell = "🔔";

    // Three people and two joiners: one picture, five Unicode scalar values.
    private const string Family = "👨‍👩‍👧";

    public static IEnumerable<Row> All =>
        [.. Texts("title", Page.Title, 100), .. Texts("body", Page.Body, 255), .. Pictures, .. DataRows, .. UrgencyRows, .. TtlRows];

    private static IEnumerable<Row> Texts(string name, string sentence, int most) =>
        [
            Ok($"{name}: one character", sentence, (name, "\"x\"")),
            Ok($"{name}: {most} letters", sentence, (name, Quoted(new string('x', most)))),
            Bad($"{name}: {most + 1} letters", sentence, TooLong(name, most + 1, most), (name, Quoted(new string('x', most + 1)))),
            Ok($"{name}: {most} emoji", Contract.Characters, (name, $"\"{Repeat(Bell, most)}\"")),
            Bad($"{name}: {most + 1} emoji", Contract.Characters, TooLong(name, most + 1, most), (name, $"\"{Repeat(Bell, most + 1)}\"")),
            Ok($"{name}: {most} escaped emoji", Contract.Characters, (name, $"\"{Repeat("\\ud83d\\udd14", most)}\"")),
            Ok($"{name}: families of five scalars each", Contract.Characters, (name, $"\"{Repeat(Family, most / 5)}\"")),
            Bad(
                $"{name}: families and one letter too many",
                Contract.Characters,
                TooLong(name, most + 1, most),
                (name, $"\"{Repeat(Family, most / 5)}x\"")
            ),
            new Row($"{name}: missing", Page.InvalidRequest, Call.Send(Without(name)), Answer.Invalid($"{name} is required and must not be empty.")),
            Bad($"{name}: null", sentence, $"{name} is required and must not be empty.", (name, "null")),
            Bad($"{name}: empty", sentence, $"{name} is required and must not be empty.", (name, "\"\"")),
            Bad($"{name}: blank", sentence, $"{name} is required and must not be empty.", (name, "\" \\t\\n\"")),
            Bad($"{name}: a number", Page.InvalidRequest, $"{name} must be a string.", (name, "7")),
            Bad($"{name}: a list", Page.InvalidRequest, $"{name} must be a string.", (name, "[\"x\"]")),
            Bad($"{name}: half an emoji", Page.InvalidRequest, $"{name} must be a string.", (name, "\"\\ud83d\"")),
            Bad($"{name}: spelled in capitals", Contract.UnknownFields, $"{name} is required and must not be empty.", (name, "null"), (name.ToUpperInvariant(), "\"x\"")),
        ];

    private static IEnumerable<Row> Pictures =>
        [
            Ok("title and body: as many emoji as both may hold", Contract.OneRecord, ("title", $"\"{Repeat(Bell, 100)}\""), ("body", $"\"{Repeat(Bell, 255)}\"")),
            .. Picture("icon", Page.Icon),
            .. Picture("badge", Page.Badge),
            .. Picture("image", Page.Image),
            .. Picture("tag", Page.Tag),
        ];

    private static IEnumerable<Row> Picture(string name, string sentence) =>
        [
            Ok($"{name}: a text", sentence, (name, "\"https://cdn.example.com/a.png\"")),
            Ok($"{name}: null", sentence, (name, "null")),
            Bad($"{name}: a number", Page.InvalidRequest, $"{name} must be a string.", (name, "1")),
            Bad($"{name}: an object", Page.InvalidRequest, $"{name} must be a string.", (name, "{}")),
        ];

    private static IEnumerable<Row> DataRows =>
        [
            Ok("data: an object", Page.Data, ("data", """{"orderId":"12345","items":[1,2.5,null,true],"nested":{"deep":"ü"}}""")),
            Ok("data: empty", Page.Data, ("data", "{}")),
            Ok("data: null", Page.Data, ("data", "null")),
            Bad("data: a list", Page.InvalidRequest, "data must be a JSON object.", ("data", "[]")),
            Bad("data: a string", Page.InvalidRequest, "data must be a JSON object.", ("data", "\"x\"")),
            Bad("data: a number", Page.InvalidRequest, "data must be a JSON object.", ("data", "0")),
            Bad("data: false", Page.InvalidRequest, "data must be a JSON object.", ("data", "false")),
            Ok("data: 16 levels with the body's own", Page.Data, ("data", Nested(15))),
            Bad("data: 17 levels", Page.InvalidRequest, "Malformed JSON: nested deeper than 16 levels.", ("data", Nested(16))),
            Bad("data: a name given twice", Page.InvalidRequest, "Malformed JSON: a property is given twice.", ("data", """{"a":1,"a":2}""")),
            Bad("data: half an emoji", Page.InvalidRequest, "data must be valid Unicode.", ("data", """{"a":"\ud83d"}""")),
            Bad("data: a name of half an emoji", Page.InvalidRequest, "data must be valid Unicode.", ("data", """{"\ud83d":1}""")),
        ];

    private static IEnumerable<Row> UrgencyRows =>
        [
            .. new[] { "very-low", "low", "normal", "high" }.Select(urgency => Ok($"urgency: {urgency}", Page.Urgency, ("urgency", $"\"{urgency}\""))),
            Ok("urgency: null", Page.Urgency, ("urgency", "null")),
            .. new[] { "urgent", "HIGH", "very_low", "" }.Select(urgency =>
                Bad($"urgency: '{urgency}'", Page.Urgency, "urgency must be one of very-low, low, normal, high.", ("urgency", $"\"{urgency}\""))
            ),
            Bad("urgency: a number", Page.InvalidRequest, "urgency must be a string.", ("urgency", "3")),
        ];

    private static IEnumerable<Row> TtlRows =>
        [
            Ok("ttl: 0", Contract.TtlRange, ("ttl", "0")),
            Ok("ttl: 1", Contract.TtlRange, ("ttl", "1")),
            Ok("ttl: 28 days", Page.Ttl, ("ttl", "2419200")),
            Ok("ttl: null", Page.Ttl, ("ttl", "null")),
            Bad("ttl: 28 days and a second", Page.Ttl, "ttl must be from 0 to 2419200 seconds (28 days).", ("ttl", "2419201")),
            Bad("ttl: -1", Contract.TtlRange, "ttl must be from 0 to 2419200 seconds (28 days).", ("ttl", "-1")),
            .. new[] { "86400.5", "\"86400\"", "99999999999", "true" }.Select(ttl =>
                Bad($"ttl: {ttl.Replace('"', '\'')}", Page.InvalidRequest, "ttl must be a whole number.", ("ttl", ttl))
            ),
        ];

    private static Row Ok(string name, string cites, params (string, string)[] fields) => new(name, cites, Call.Send(With(fields)), Answer.Sent(1));

    private static Row Bad(string name, string cites, string detail, params (string, string)[] fields) =>
        new(name, cites, Call.Send(With(fields)), Answer.Invalid(detail));

    private static string TooLong(string name, int length, int most) => $"{name} has {length} characters; at most {most} are allowed.";

    private static string Nested(int levels) => Repeat("{\"a\":", levels - 1) + "{}" + new string('}', levels - 1);
}
