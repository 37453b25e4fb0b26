using System.Buffers.Text;

namespace Pushbell.Testing;

/// <summary>Many registrations at once, written straight into the database: registering them one by one would take minutes.</summary>
public static class Crowd
{
    // Ids lie as far apart as those of browsers that registered a millisecond after each other.
    private const long IdStep = 1 << 21;

    /// <summary>
    /// Adds active registrations to the service of the first start. What is sent to them goes through encryption, TLS and HTTP/2 to the sink
    /// of the local push service, which answers as a push service does but keeps nothing.
    /// </summary>
    /// <param name="server">Without registrations of its own that are older.</param>
    /// <param name="count">How many.</param>
    public static async Task FillAsync(RunningServer server, int count)
    {
        var subscription = server.PushService.CreateSubscription();
        var tenant = await Tenant.OfFirstStartAsync(server);
        await tenant.ChangeAsync(
            """
            INSERT INTO registration (organization_id, service_id, id, status, endpoint, endpoint_hash, p256dh, auth, vapid_key_id, user_id, device_info, last_active_at, created_at)
            WITH RECURSIVE person (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM person WHERE number < @count)
            SELECT @organization, @service, number * @step, 0, @sink || CAST(number AS TEXT), @sink || CAST(number AS TEXT), @p256dh, @auth,
                   (SELECT id FROM vapid_key WHERE organization_id = @organization AND service_id = @service AND is_current = 1),
                   'customer-' || CAST(number AS TEXT),
                   CASE number % 3 WHEN 0 THEN @chrome WHEN 1 THEN @firefox ELSE @edge END,
                   @now - number * 700, @now - number * 9000
            FROM person
            """,
            new
            {
                count,
                step = IdStep,
                sink = "https://fcm.googleapis.com/sink/",
                p256dh = Bytes(subscription.P256dh),
                auth = Bytes(subscription.Auth),
                chrome = """{"browser_name":"Chrome","os_name":"Android","device_type":"mobile"}""",
                firefox = """{"browser_name":"Firefox","os_name":"Windows","device_type":"desktop"}""",
                edge = """{"browser_name":"Edge","os_name":"Windows","device_type":"desktop"}""",
                now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );
        await tenant.ChangeAsync(
            "UPDATE service SET active_registrations = active_registrations + @count WHERE organization_id = @organization AND id = @service",
            new { count }
        );
    }

    private static byte[] Bytes(string base64Url) => Base64Url.DecodeFromChars(base64Url);
}
