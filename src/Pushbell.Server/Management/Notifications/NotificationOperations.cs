using Pushbell.Server.Hosting.OpenApi;
using Pushbell.Server.Hosting.Sending;

namespace Pushbell.Server.Management.Notifications;

/// <summary>What the API document says of notifications.</summary>
internal static class NotificationOperations
{
    private const string SummaryFields = """
        "request_id": "req_abc123", "title": "Hello!", "body": "World", "status": "completed", "total_targets": 150, "successful_sends": 148, "failed_sends": 2, "pending": 0,
        "outcomes": {"accepted": 148, "gone": 1, "rejected": 0, "expired": 1, "cancelled": 0},
        "receipts": {"shown": 131, "clicked": 24, "dismissed": 57, "link_clicks": 0},
        "created_at": "2024-01-15T10:30:00Z", "send_at": null, "completed_at": "2024-01-15T10:30:02Z"
        """;

    private static readonly Parameter Request = new("request_id", "The notification, `req_…`.");

    private static readonly IReadOnlyList<Parameter> Path = [ManageParameters.Organization, ManageParameters.Service, Request];

    private static readonly Example Full = new(
        "completed",
        "Everything has ended",
        $$"""
        { {{SummaryFields}}, "withdrawn": 0, "invalid_registrations": [], "ttl": 86400, "urgency": "normal", "topic": null, "content": {"title": "Hello!", "body": "World"} }
        """
    );

    public static OperationWithBody Send { get; } =
        new(
            "sendNotification",
            ManageReference.Notifications,
            "Send a notification",
            """
            To exactly one of `target_all`, `target_user_emails`, `target_user_ids`, `target_registration_ids`. It is always delivered in the
            background: follow its events. With `dry_run: true` everything is checked and counted and nothing sent; the answer is then 200 and a `DryRun`:
            `{"total_targets", "invalid_registrations", "payload_bytes", "payload_limit", "credits_needed"}`.
            """
        )
        {
            Parameters = [ManageParameters.Organization, ManageParameters.Service],
            Body = typeof(SendBody),
            BodyExamples = [new("hello", "To everybody", """{"title": "Hello!", "body": "World", "target_all": true}""")],
            TakesIdempotencyKey = true,
            Status = StatusCodes.Status202Accepted,
            Answer = typeof(Notification),
            AnswerDescription = "The send is accepted.",
            AnswerExamples = [Full],
            Refusals = [402, 404, 429],
        };

    public static Operation List { get; } =
        new("listNotifications", ManageReference.Notifications, "List notifications", "The newest first.")
        {
            Parameters =
            [
                ManageParameters.Organization,
                ManageParameters.Service,
                new("status", "Only those that stand so.") { Values = ["queued", "scheduled", "processing", "completed", "cancelled"] },
                ManageParameters.Limit,
                ManageParameters.After,
            ],
            Answer = typeof(NotificationList),
            AnswerDescription = "One page of notifications.",
            AnswerExamples = [new("notifications", "The last page", $$"""{"notifications": [{ {{SummaryFields}} }], "next": null}""")],
            Refusals = [400, 404],
        };

    public static Operation Get { get; } =
        new("getNotification", ManageReference.Notifications, "Get a notification", "Where it stands, and what it said.")
        {
            Parameters = Path,
            Answer = typeof(Notification),
            AnswerDescription = "The notification as it is now.",
            AnswerExamples = [Full],
            Refusals = [404],
        };

    public static Operation Cancel { get; } =
        new(
            "cancelNotification",
            ManageReference.Notifications,
            "Cancel a notification",
            "What nobody is delivering yet ends `cancelled`, and its quota and credits are returned; what is on its way just now ends as it ends. Doing it twice is a success."
        )
        {
            Parameters = Path,
            Answer = typeof(Notification),
            AnswerDescription = "The notification as it is now.",
            AnswerExamples = [Full],
            Refusals = [404],
        };

    public static Operation ListDeliveries { get; } =
        new("listNotificationDeliveries", ManageReference.Notifications, "List deliveries", "What became of each recipient, in the order in which they are served.")
        {
            Parameters =
            [
                .. Path,
                new("outcome", "Only deliveries that ended so, or have not ended.") { Values = ["pending", "accepted", "gone", "rejected", "expired", "cancelled"] },
                ManageParameters.Limit,
                ManageParameters.After,
            ],
            Answer = typeof(DeliveryList),
            AnswerDescription = "One page of recipients.",
            AnswerExamples =
            [
                new(
                    "deliveries",
                    "One is gone",
                    """
                    {"deliveries": [{"registration_id": "reg_abc123", "user_email": "user@example.com", "device": "Chrome on Android", "push_service": "fcm.googleapis.com", "outcome": "gone", "reason": "unknown_subscription", "reason_text": "The push service no longer knows this subscription.", "shown": false, "clicked": false, "dismissed": false}], "next": null}
                    """
                ),
            ],
            Refusals = [400, 404],
        };

    public static Operation BreakDown { get; } =
        new("breakDownNotification", ManageReference.Notifications, "Break a notification down", "Its deliveries by push service and by reason, added up from the ledger.")
        {
            Parameters = Path,
            Answer = typeof(Breakdown),
            AnswerDescription = "The deliveries, added up.",
            AnswerExamples =
            [
                new(
                    "breakdown",
                    "One push service",
                    """
                    {"by_push_service": [{"origin": "https://fcm.googleapis.com", "accepted": 148, "gone": 1, "rejected": 0, "expired": 1, "cancelled": 0, "pending": 0}], "by_reason": [{"reason": "ttl_ended", "reason_text": "The time to live ran out before a push service took the message.", "count": 1}]}
                    """
                ),
            ],
            Refusals = [404],
        };

    public static Operation Follow { get; } =
        new(
            "followNotification",
            ManageReference.Notifications,
            "Follow a notification",
            """
            Server-sent events. `progress` with a NotificationSummary comes at once, and again whenever it has changed: at most four times a second,
            and within a second of each change. After the last one comes `end`. A stream that lasts longer than a quarter of an hour is closed without it; connect again.
            """
        )
        {
            Parameters = Path,
            ContentType = ProgressEndpoint.MediaType,
            Answer = typeof(NotificationSummary),
            AnswerDescription = "The events, as they happen.",
            Refusals = [404],
        };
}
