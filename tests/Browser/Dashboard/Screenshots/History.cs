using Pushbell.Testing;

namespace Pushbell.Browser.Tests.Dashboard.Screenshots;

/// <summary>A month of notifications that have ended, so that charts have something to draw.</summary>
internal static class History
{
    private const int Days = 30;

    /// <summary>Copies the first notification of the first start's service into the past, with other numbers.</summary>
    public static async Task WriteAsync(RunningServer server)
    {
        var tenant = await Tenant.OfFirstStartAsync(server);
        await tenant.ChangeAsync(
            """
            INSERT INTO notification (organization_id, id, service_id, payload, ttl, urgency, is_queued, is_metered, lane, total_targets, accepted, gone, rejected,
                                      hour_window, day_window, created_at, expires_at, completed_at, shown, clicked)
            WITH RECURSIVE past (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM past WHERE number < @days * 4)
            SELECT organization_id, @days * 4 - number + 1, service_id, payload, ttl, urgency, is_queued, 0, lane,
                   21000 + number * 7919 % 9000, 20000 + number * 7919 % 9000, 700, 300,
                   hour_window, day_window, created_at - number * @step, expires_at - number * @step, created_at - number * @step,
                   13000 + number * 3571 % 6000, 1500 + number * 3571 % 2500
            FROM notification, past
            WHERE organization_id = @organization AND service_id = @service
              AND id = (SELECT min(id) FROM notification WHERE organization_id = @organization AND service_id = @service)
            """,
            new { days = Days, step = (long)TimeSpan.FromHours(6).TotalMilliseconds }
        );
    }
}
