using Pushbell.Server.Tests.V2.Conformance;
using static Pushbell.Server.Tests.V2.Rows.SendBodies;

namespace Pushbell.Server.Tests.V2.Rows;

/// <summary>What the product adds to the page's body of a send.</summary>
internal static class AdditionRows
{
    private const string WebAddress = "url must be an absolute http or https address.";
    private const string Topic = "topic must be 1 to 32 characters of letters, digits, hyphens and underscores.";

    public static IEnumerable<Row> All => [.. AsyncMode, .. Urls, .. Actions, .. Topics, .. Flags, .. DryRuns, .. IdempotencyKeys];

    private static IEnumerable<Row> AsyncMode =>
        [
            new("async_mode: true", Contract.AsyncQueued, Call.Send(With(("async_mode", "true"))), Answer.Queued(1)),
            Ok("async_mode: false", Page.AsyncMode, ("async_mode", "false")),
            Ok("async_mode: null", Page.AsyncMode, ("async_mode", "null")),
            Bad("async_mode: a string", "async_mode must be true or false.", ("async_mode", "\"true\"")),
            new(
                "async_mode: to nobody",
                Contract.ZeroIsCompleted,
                Call.Send(To(("target_user_ids", "[\"who\"]"), ("async_mode", "true"))),
                Answer.Nobody()
            ),
            new("unknown fields", Contract.UnknownFields, Call.Send(With(("sound", "\"x\""), ("Title", "1"), ("options", "{\"a\":[1]}"))), Answer.Sent(1)),
        ];

    private static IEnumerable<Row> Urls =>
        [
            Ok("url: https", Contract.Additions, ("url", "\"https://app.example.com/orders/7?x=1#y\"")),
            Ok("url: http", Contract.Additions, ("url", "\"http://localhost:3000/\"")),
            Ok("url: null", Contract.Additions, ("url", "null")),
            Bad("url: relative", WebAddress, ("url", "\"/orders/7\"")),
            Bad("url: a script", WebAddress, ("url", "\"javascript:alert(1)\"")),
            Bad("url: empty", WebAddress, ("url", "\"\"")),
            Bad("url: a number", "url must be a string.", ("url", "5")),
            Bad("send_at: without a zone", SendAt, ("send_at", "\"2030-01-01T00:00:00\"")),
            Bad("send_at: a date", SendAt, ("send_at", "\"2030-01-01\"")),
            Bad("send_at: no such day", SendAt, ("send_at", "\"2030-02-30T00:00:00Z\"")),
            Bad("send_at: a number", "send_at must be a string.", ("send_at", "5")),
            Bad("send_at: too far ahead", "send_at is more than 365 days ahead.", ("send_at", "\"9000-01-01T00:00:00Z\"")),
            Ok("send_at: null", Contract.Additions, ("send_at", "null")),
        ];

    private const string SendAt =
        "send_at must be a moment in ISO 8601 with its zone, such as 2030-01-31T08:00:00Z.";

    private static IEnumerable<Row> Actions =>
        [
            Ok("actions: one", Contract.Additions, ("actions", """[{"action":"open","title":"Open","icon":"/i.png","url":"https://app.example.com/"}]""")),
            Ok("actions: none", Contract.Additions, ("actions", "[]")),
            Ok("actions: eight", Contract.Additions, ("actions", Buttons(8))),
            Bad("actions: nine", "actions must hold at most 8 entries; it holds 9.", ("actions", Buttons(9))),
            Bad("actions: without a title", "actions[0] must have an action and a title.", ("actions", """[{"action":"open"}]""")),
            Bad("actions: without an action", "actions[1] must have an action and a title.", ("actions", """[{"action":"a","title":"A"},{"title":"B"}]""")),
            Bad("actions: null in it", "actions[0] must have an action and a title.", ("actions", "[null]")),
            Bad(
                "actions: a relative url",
                "actions[0].url must be an absolute http or https address.",
                ("actions", """[{"action":"a","title":"A","url":"/x"}]""")
            ),
            Bad("actions: an object", "actions must be a list of JSON objects.", ("actions", "{}")),
            Bad("actions: a string in it", "actions[0] must be a JSON object.", ("actions", "[\"open\"]")),
            Bad("actions: a number for a title", "actions[0].title must be a string.", ("actions", """[{"action":"a","title":5}]""")),
        ];

    private static IEnumerable<Row> Topics =>
        [
            Ok("topic: 32 characters", Contract.Additions, ("topic", $"\"{new string('a', 30)}-_\"")),
            Bad("topic: 33 characters", Topic, ("topic", $"\"{new string('a', 33)}\"")),
            Bad("topic: a blank", Topic, ("topic", "\"two words\"")),
            Bad("topic: empty", Topic, ("topic", "\"\"")),
        ];

    private static IEnumerable<Row> Flags =>
        [
            .. new[] { "require_interaction", "silent", "renotify", "dry_run" }.SelectMany(name =>
                new[]
                {
                    Ok($"{name}: false", Contract.Additions, (name, "false")),
                    Bad($"{name}: a string", $"{name} must be true or false.", (name, "\"yes\"")),
                }
            ),
            .. new[] { "require_interaction", "silent", "renotify" }.Select(name => Ok($"{name}: true", Contract.Additions, (name, "true"))),
            Ok("badge_count: 0", Contract.Additions, ("badge_count", "0")),
            Bad("badge_count: -1", "badge_count must be 0 or more.", ("badge_count", "-1")),
            Bad("badge_count: 1.5", "badge_count must be a whole number.", ("badge_count", "1.5")),
        ];

    private static IEnumerable<Row> DryRuns =>
        [
            Dry("dry_run: two of Ann's", 2, "", ("target_user_emails", "[\"ann@example.com\"]")),
            Dry("dry_run: an unknown registration", 1, "\"x\"", ("target_registration_ids", "[\"<ann1>\",\"x\"]")),
            Bad("dry_run: the rules are the same", "title is required and must not be empty.", ("title", "null"), ("dry_run", "true")),
        ];

    private static IEnumerable<Row> IdempotencyKeys =>
        [
            Keyed("Idempotency-Key: 255 characters", Answer.Sent(1), new string('k', 255)),
            Keyed("Idempotency-Key: 256 characters", BadKey, new string('k', 256)),
            Keyed("Idempotency-Key: a blank in it", BadKey, "two words"),
            Keyed("Idempotency-Key: empty", BadKey, ""),
            Keyed("Idempotency-Key: twice", BadKey, "one", "two"),
        ];

    private static Answer BadKey => Answer.Invalid("Idempotency-Key must be 1 to 255 printable ASCII characters without blanks.");

    private static Row Keyed(string name, Answer answer, params string[] keys) =>
        new(name, Contract.Additions, Call.Send(With()) with { Headers = [.. keys.Select(key => ("Idempotency-Key", key))] }, answer);

    private static Row Dry(string name, int targets, string invalid, (string, string) target) =>
        new(
            name,
            Contract.Additions,
            Call.Send(To(target, ("dry_run", "true"))),
            new Answer(
                200,
                $$"""{"request_id":null,"total_targets":{{targets}},"successful_sends":0,"failed_sends":0,"invalid_registrations":[{{invalid}}],"message":"Dry run: everything was checked, nothing was sent","status":"dry_run"}"""
            )
        );

    private static Row Ok(string name, string cites, params (string, string)[] fields) => new(name, cites, Call.Send(With(fields)), Answer.Sent(1));

    private static Row Bad(string name, string detail, params (string, string)[] fields) =>
        new(name, Contract.Additions, Call.Send(With(fields)), Answer.Invalid(detail));

    private static string Buttons(int count) =>
        $"[{string.Join(',', Enumerable.Range(0, count).Select(number => $$"""{"action":"a{{number}}","title":"A"}"""))}]";
}
