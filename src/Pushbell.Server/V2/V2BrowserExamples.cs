using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.V2;

/// <summary>Bodies of what pages call.</summary>
internal static class V2BrowserExamples
{
    public static Example Configuration { get; } =
        new(
            "configuration",
            "Without an icon",
            """{"organization_id": "org_xyz", "service_id": "svc_123", "service_name": "My Application", "vapid_public_key": "BKxxx...", "identity": "off", "colors": {"theme": "#1f4fd8", "background": "#ffffff"}}"""
        );

    public static Example RegisterBody { get; } =
        new(
            "browser",
            "A browser, with who uses it",
            """
            {
              "subscription": {
                "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABexample",
                "keys": {
                  "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                  "auth": "BTBZMqHH6r4Tts7J_aSIgg"
                }
              },
              "user_email": "user@example.com",
              "device_info": {"browser_name": "Chrome", "browser_version": "120", "os_name": "Windows", "device_type": "desktop"},
              "is_installed": true,
              "language": "en-GB",
              "time_zone": "Europe/London"
            }
            """
        );

    public static Example ChangeBody { get; } =
        new("login", "Somebody has signed in", """{"user_id": "user-42", "identity_token": "eyJhbGciOiJIUzI1NiIs..."}""");

    public static Example ReceiptsBody { get; } =
        new(
            "receipts",
            "Shown, and a button pressed",
            """
            {
              "receipts": [
                {"notification_id": "req_abc123", "event": "shown"},
                {"notification_id": "req_abc123", "event": "clicked", "action": "open"}
              ]
            }
            """
        );

    public static Example Receipts { get; } = new("counted", "Both were new", """{"counted": 2}""");

    public static Example Heartbeat { get; } =
        new("good", "All is well", """{"status": "active", "vapid_public_key": "BKxxx...", "needs_subscription": false}""");

    public static Example Registered { get; } = new("registered", "Registered", $$"""{ {{V2Examples.ClientFields}}, "registration_token": "rt_xxx..." }""");
}
