using Microsoft.Extensions.Logging;
using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Limits;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// Keeps the database in order: what has been kept long enough goes, a little at a time so that nobody waits for it. Any number of nodes
/// may sweep at once.
/// </summary>
internal sealed partial class Sweeper(
    Database database,
    RequestWindows windows,
    AccountSweep accounts,
    DeliverySettings settings,
    TimeProvider clock,
    ILogger<Sweeper> logger
)
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan IdempotencyLifetime = TimeSpan.FromHours(24);

    // No retry waits longer than this; what seems to was dated by a clock that has been set back since.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(25);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await SweepAsync(stopping);
            }
            catch (StorageOutageException outage)
            {
                Log.Failed(logger, outage);
            }

            await Task.Delay(Interval, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Sweeps once, until nothing is left to be swept.</summary>
    public async Task SweepAsync(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        await MendDatesAsync(now, stopping);
        await RepeatAsync("DELETE FROM idempotency WHERE (organization_id, service_id, key) IN "
            + "(SELECT organization_id, service_id, key FROM idempotency WHERE created_at <= @before LIMIT @limit)", now - IdempotencyLifetime, stopping);
        await RepeatAsync("DELETE FROM stored_message WHERE (organization_id, notification_id, id) IN "
            + "(SELECT organization_id, notification_id, id FROM stored_message WHERE expires_at <= @before LIMIT @limit)", now, stopping);
        await windows.SweepAsync(stopping);
        await accounts.RunAsync(stopping);
        var requests = await PruneRequestsAsync(now - settings.Retention, stopping);
        if (requests > 0)
        {
            Log.Pruned(logger, requests, settings.Retention.TotalDays);
        }
    }

    /// <summary>A clock that went back has left dates behind that lie too far ahead; what they keep waiting is due now.</summary>
    private Task<int> MendDatesAsync(DateTimeOffset now, CancellationToken stopping) =>
        database.WriteAsync(
            session =>
                session.ExecuteAsync(
                    $"""
                    UPDATE batch SET due_at = {session.Dialect.Now}
                    WHERE due_at > {session.Dialect.Now} + @lease AND is_leased = 1
                       OR due_at > {session.Dialect.Now} + @retry AND is_leased = 0 AND (attempt > 0 OR EXISTS (
                        SELECT 1 FROM notification n WHERE n.organization_id = batch.organization_id AND n.id = batch.notification_id AND n.starts_at IS NULL))
                    """,
                    new
                    {
                        now = now.ToUnixTimeMilliseconds(),
                        lease = (long)(2 * settings.Lease).TotalMilliseconds,
                        retry = (long)LongestWait.TotalMilliseconds,
                    }
                ),
            stopping
        );

    /// <summary>A completed request goes with its ledger, the ledger first: a reader never finds half a request.</summary>
    private async Task<int> PruneRequestsAsync(DateTimeOffset before, CancellationToken stopping)
    {
        var pruned = 0;
        while (await OldestAsync(before, stopping) is { } oldest)
        {
            await RepeatAsync("DELETE FROM batch WHERE (organization_id, notification_id, id) IN "
                + "(SELECT organization_id, notification_id, id FROM batch WHERE organization_id = @OrganizationId AND notification_id = @Id LIMIT @limit)", new { oldest.OrganizationId, oldest.Id, limit = AtOnce }, stopping);
            await database.WriteAsync(
                session => session.ExecuteAsync("DELETE FROM notification WHERE organization_id = @OrganizationId AND id = @Id", oldest),
                stopping
            );
            pruned++;
        }

        return pruned;
    }

    private Task<Oldest?> OldestAsync(DateTimeOffset before, CancellationToken stopping) =>
        database.ReadAsync(
            session =>
                session.FirstAsync<Oldest>(
                    "SELECT organization_id, id FROM notification WHERE completed_at <= @before ORDER BY completed_at LIMIT 1",
                    new { before = before.ToUnixTimeMilliseconds() }
                ),
            stopping
        );

    private Task RepeatAsync(string delete, DateTimeOffset before, CancellationToken stopping) =>
        RepeatAsync(delete, new { before = before.ToUnixTimeMilliseconds(), limit = AtOnce }, stopping);

    private async Task RepeatAsync(string delete, object values, CancellationToken stopping)
    {
        while (await database.WriteAsync(session => session.ExecuteAsync(delete, values), stopping) == AtOnce) { }
    }

    private sealed record Oldest
    {
        public long OrganizationId { get; init; }

        public long Id { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "sweeping failed; it is tried again in a minute")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Requests} requests pruned that were completed more than {Days} days ago")]
        public static partial void Pruned(ILogger logger, int requests, double days);
    }
}
