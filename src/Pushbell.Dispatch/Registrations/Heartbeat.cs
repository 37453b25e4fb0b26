using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Registrations;

/// <summary>What a page learns from a sign of life.</summary>
/// <param name="Status">Of its registration.</param>
/// <param name="VapidPublicKey">The service's current one.</param>
/// <param name="NeedsSubscription">It is not sent to, or was made with another key than the current one.</param>
public sealed record Pulse(RegistrationStatus Status, string VapidPublicKey, bool NeedsSubscription);

/// <summary>Pages that are open say so every minute, and hear whether their registration is still good.</summary>
public sealed class Heartbeat(Database database, TimeProvider clock)
{
    // Half of the pause between two beats: a page that beats twice, on becoming visible, costs one write.
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(30);

    /// <returns>Null when the registration has a newer token.</returns>
    public async Task<Pulse?> RunAsync(RegistrationHolder holder, CancellationToken cancellationToken)
    {
        var values = new
        {
            holder.Caller.OrganizationId,
            holder.Caller.ServiceId,
            holder.RegistrationId,
            holder.TokenHash,
            now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        var row = await database.ReadAsync(
            session =>
                session.FirstAsync<Row>(
                    """
                    SELECT r.status, r.vapid_key_id, r.last_active_at, v.id AS current_key_id, v.public_key FROM registration r
                    JOIN vapid_key v ON v.organization_id = r.organization_id AND v.service_id = r.service_id AND v.is_current = 1
                    WHERE r.organization_id = @OrganizationId AND r.service_id = @ServiceId AND r.id = @RegistrationId AND r.token_hash = @TokenHash
                    """,
                    values
                ),
            cancellationToken
        );
        if (row is null)
        {
            return null;
        }

        if (values.now - (row.LastActiveAt ?? 0) >= Grain.TotalMilliseconds)
        {
            await database.WriteAsync(
                session =>
                    session.ExecuteAsync(
                        """
                        UPDATE registration SET last_active_at = @now
                        WHERE organization_id = @OrganizationId AND service_id = @ServiceId AND id = @RegistrationId
                        """,
                        values
                    ),
                cancellationToken
            );
        }

        var status = (RegistrationStatus)row.Status;
        return new Pulse(status, row.PublicKey, status != RegistrationStatus.Active || row.VapidKeyId != row.CurrentKeyId);
    }

    private sealed record Row
    {
        public int Status { get; init; }

        public long VapidKeyId { get; init; }

        public long? LastActiveAt { get; init; }

        public long CurrentKeyId { get; init; }

        public string PublicKey { get; init; } = "";
    }
}
