using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>
/// Pairs that are no longer current retire with their last active registration. Whoever takes a registration out of use, or over to
/// another pair, says so here, in the same transaction.
/// </summary>
public static class VapidRetirement
{
    public static Task<int> RunAsync(Session session, long organization, long service) =>
        session.ExecuteAsync(
            """
            UPDATE vapid_key SET is_retired = 1
            WHERE organization_id = @organization AND service_id = @service AND is_current = 0 AND is_retired = 0 AND NOT EXISTS (
                SELECT 1 FROM registration r
                WHERE r.organization_id = @organization AND r.service_id = @service AND r.vapid_key_id = vapid_key.id AND r.status = 0)
            """,
            new { organization, service }
        );
}
