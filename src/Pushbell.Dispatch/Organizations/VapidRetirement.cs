using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>
/// Pairs that are no longer current retire with their last active registration. Whoever takes a registration out of use, or over to
/// another pair, says so here, in the same transaction.
/// </summary>
public static class VapidRetirement
{
    private const string Replaced = "organization_id = @organization AND service_id = @service AND is_current = 0 AND is_retired = 0";

    public static async Task RunAsync(Session session, long organization, long service)
    {
        var scope = new { organization, service };
        // Held first, and judged by a second statement: whoever was just registering with one of them is seen by then.
        var replaced = await session.ListAsync<long>($"SELECT id FROM vapid_key WHERE {Replaced} ORDER BY id {session.Dialect.ForUpdate}", scope);
        if (replaced.Count > 0)
        {
            await session.ExecuteAsync(
                $"""
                UPDATE vapid_key SET is_retired = 1
                WHERE {Replaced} AND NOT EXISTS (
                    SELECT 1 FROM registration r
                    WHERE r.organization_id = @organization AND r.service_id = @service AND r.vapid_key_id = vapid_key.id AND r.status = 0)
                """,
                scope
            );
        }
    }
}
