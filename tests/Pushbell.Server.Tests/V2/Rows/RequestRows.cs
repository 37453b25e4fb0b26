using Pushbell.Server.Tests.V2.Conformance;

namespace Pushbell.Server.Tests.V2.Rows;

/// <summary>What became of sends: Bob got one, <c>&lt;sent&gt;</c>.</summary>
internal static class RequestRows
{
    private const string Limit = "limit must be a whole number from 1 to 1000.";
    private const string After = "after must be the next of the page before.";
    private const string Outcome = "outcome must be one of pending, accepted, gone, rejected, expired, cancelled.";

    public static IEnumerable<Row> All => [.. Single, .. BadQueries];

    private static IEnumerable<Row> Single =>
        [
            new(
                "request: of Bob",
                Contract.GetRequest,
                Call.Get("/requests/<sent>"),
                new Answer(
                    200,
                    """{"request_id":"<sent>","total_targets":1,"successful_sends":1,"failed_sends":0,"invalid_registrations":[],"message":"Notifications sent successfully","status":"completed","pending":0,"outcomes":{"accepted":1,"gone":0,"rejected":0,"expired":0,"cancelled":0},"created_at":"2026-01-18T14:36:00Z","send_at":null,"completed_at":"2026-01-18T14:36:00Z","withdrawn":0,"receipts":{"shown":0,"clicked":0,"dismissed":0,"link_clicks":0}}"""
                )
            ),
            new(
                "request: its deliveries",
                Contract.Additions,
                Call.Get("/requests/<sent>/deliveries"),
                new Answer(200, """{"deliveries":[{"registration_id":"<bob>","outcome":"accepted","reason":null}],"next":null}""")
            ),
            new(
                "requests: the newest",
                Contract.Additions,
                Call.Get("/requests?limit=1"),
                new Answer(
                    200,
                    """{"requests":[{"request_id":"<sent>","total_targets":1,"successful_sends":1,"failed_sends":0,"status":"completed","pending":0,"outcomes":{"accepted":1,"gone":0,"rejected":0,"expired":0,"cancelled":0},"created_at":"2026-01-18T14:36:00Z","completed_at":"2026-01-18T14:36:00Z"}],"next":"<sent>"}"""
                )
            ),
            Missing("unknown", "req_0000000000001"),
            Missing("no id", "7"),
            Missing("a client's id", "<bob>"),
        ];

    private static IEnumerable<Row> BadQueries =>
        [
            Bad("?limit=1001", Limit),
            Bad("?limit=x", Limit),
            Bad("?after=7", After),
            Bad("?after=reg_0000000000001", After),
            Bad("/<sent>/deliveries?limit=0", Limit),
            Bad("/<sent>/deliveries?after=7", After),
            Bad("/<sent>/deliveries?after=0--1", After),
            Bad("/<sent>/deliveries?outcome=lost", Outcome),
            Bad("/<sent>/deliveries?outcome=1", Outcome),
            Bad("/<sent>/deliveries?outcome=Gone", Outcome),
        ];

    private static Row Missing(string name, string id) =>
        new($"request: {name}", Contract.Additions, Call.Get("/requests/" + id), Answer.Error(404, "NOT_FOUND", $"There is no request {id}."));

    private static Row Bad(string query, string detail) =>
        new($"requests{query}", Contract.Additions, Call.Get("/requests" + query), Answer.Invalid(detail));
}
