using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.V2;

/// <summary>Bodies as the reference page shows them, and ours in the same style.</summary>
internal static class V2Examples
{
    internal const string ClientFields = """
        "registration_id": "reg_abc123",
              "organization_id": "org_xyz",
              "service_id": "svc_123",
              "status": "active",
              "is_active": true,
              "is_online": false,
              "is_installed": true,
              "is_subscribed": true,
              "user_email": "user@example.com",
              "last_active": "2024-01-15T10:30:00Z",
              "notification_count": 42,
              "device_info": {"browser_name": "Chrome", "browser_version": "120", "os_name": "Windows", "device_type": "desktop"},
              "created_at": "2024-01-01T00:00:00Z"
        """;

    private const string SendFields = """
        "request_id": "req_abc123", "total_targets": 150, "successful_sends": 148, "failed_sends": 2
        """;

    private const string ProgressFields = """
        "status": "completed",
        "pending": 0,
        "outcomes": {"accepted": 148, "gone": 1, "rejected": 0, "expired": 1, "cancelled": 0},
        "created_at": "2024-01-15T10:30:00Z",
        "completed_at": "2024-01-15T10:30:02Z"
        """;

    private const string SendAtFields = """
        "send_at": null, "withdrawn": 0
        """;

    private const string ReceiptFields = """
        "receipts": {"shown": 131, "clicked": 24, "dismissed": 57, "link_clicks": 0}
        """;

    public static IReadOnlyList<Example> SendBodies { get; } =
        [
            new("hello", "To everybody", """{"title": "Hello!", "body": "This is your first push notification", "target_all": true}"""),
            new(
                "password_reset",
                "To people, by email",
                """{"title": "Password Reset", "body": "Click to reset your password", "target_user_emails": ["user@example.com"], "urgency": "high"}"""
            ),
            new(
                "order_shipped",
                "With data for the page",
                """
                {
                  "title": "Order Shipped!",
                  "body": "Your order #12345 is on its way",
                  "target_user_emails": ["customer@example.com"],
                  "data": {"orderId": "12345", "trackingUrl": "https://..."}
                }
                """
            ),
        ];

    public static IReadOnlyList<Example> BroadcastBodies { get; } =
        [
            new(
                "system_update",
                "An announcement",
                """{"title": "System Update", "body": "We've released exciting new features!", "urgency": "normal"}"""
            ),
            new("maintenance", "A warning", """{"title": "Maintenance Notice", "body": "System maintenance at 2 AM UTC"}"""),
        ];

    public static IReadOnlyList<Example> SendAnswers { get; } =
        [
            new(
                "completed",
                "Delivered within the request",
                $$"""
                {
                  {{SendFields}},
                  "invalid_registrations": ["uuid-expired-device"],
                  "message": "Notifications sent successfully",
                  "status": "completed"
                }
                """
            ),
            new(
                "queued",
                "More than 100 targets",
                """
                {
                  "request_id": "req_xyz789",
                  "total_targets": 5000,
                  "successful_sends": 0,
                  "failed_sends": 0,
                  "invalid_registrations": [],
                  "message": "Notifications queued for processing",
                  "status": "queued"
                }
                """
            ),
        ];

    public static Example Requests { get; } =
        new("requests", "The last page", $$"""{"requests": [{ {{SendFields}}, {{ProgressFields}} }], "next": null}""");

    public static Example Request { get; } =
        new(
            "completed",
            "Everything has ended",
            $$"""
            {
              {{SendFields}},
              "invalid_registrations": ["uuid-expired-device"],
              "message": "Notifications sent successfully",
              {{ProgressFields}}, {{SendAtFields}}, {{ReceiptFields}}
            }
            """
        );

    public static Example Cancelled { get; } =
        new(
            "cancelled",
            "Recalled while under way",
            """
            {
              "request_id": "req_abc123", "total_targets": 150, "successful_sends": 60, "failed_sends": 90,
              "invalid_registrations": [],
              "message": "Request cancelled",
              "status": "cancelled",
              "pending": 0,
              "outcomes": {"accepted": 60, "gone": 0, "rejected": 0, "expired": 0, "cancelled": 90},
              "created_at": "2024-01-15T10:30:00Z",
              "send_at": null,
              "completed_at": "2024-01-15T10:30:02Z",
              "withdrawn": 0,
              "receipts": {"shown": 12, "clicked": 0, "dismissed": 5, "link_clicks": 0}
            }
            """
        );

    public static Example Deliveries { get; } =
        new("deliveries", "A page with more behind it", """{"deliveries": [{"registration_id": "reg_abc123", "outcome": "gone", "reason": "unknown_subscription"}], "next": "0-1"}""");

    public static Example Quota { get; } =
        new(
            "professional",
            "On a limited plan",
            """
            {
              "organization_id": "org_abc123",
              "service_id": "svc_xyz789",
              "hourly_limit": 1000,
              "daily_limit": 10000,
              "hourly_remaining": 850,
              "daily_remaining": 9200,
              "reset_hourly_at": "2024-01-15T15:00:00Z",
              "reset_daily_at": "2024-01-16T00:00:00Z"
            }
            """
        );

    public static Example Service { get; } =
        new(
            "service",
            "An application",
            """
            {
              "service_id": "svc_abc123",
              "organization_id": "org_xyz",
              "service_identifier": "my-app",
              "service_name": "My Application",
              "vapid_public_key": "BKxxx...",
              "contact_email": "admin@example.com",
              "notifications_enabled": true,
              "is_active": true,
              "hourly_notification_limit": 1000,
              "daily_notification_limit": 10000,
              "active_registrations": 1500,
              "push_subscribers": 1200
            }
            """
        );

    public static Example Clients { get; } =
        new("clients", "The first page", $$"""{"clients": [{ {{ClientFields}} }], "total": 150, "limit": 100, "offset": 0}""");

    public static Example Client { get; } = new("client", "An installed web app", $$"""{ {{ClientFields}} }""");

    public static Example Deregistered { get; } =
        new("deregistered", "Done", """{"success": true, "registration_id": "reg_abc123", "message": "Client deregistered successfully"}""");
}
