using System.Text.Json;
using Microsoft.Extensions.Logging;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// Deletes recalled messages at the push services that still hold them (RFC 8030). What cannot be reached is tried again until its TTL
/// has ended; deleting twice does no harm.
/// </summary>
internal sealed partial class Withdrawals(Database database, PushClient push, TimeProvider clock, ILogger<Withdrawals> logger)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1), RetryAfter = TimeSpan.FromSeconds(30), Pause = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await NextAsync(stopping))
                {
                    continue;
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (StorageOutageException outage)
            {
                Log.Failed(logger, outage);
            }

            await Task.Delay(Pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Withdraws one group of messages.</summary>
    /// <returns>False when nothing is due.</returns>
    public async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        if (!await IsAnyDueAsync(cancellationToken) || await ClaimAsync(cancellationToken) is not { } stored)
        {
            return false;
        }

        var (left, withdrawn) = (new List<Uri>(), 0);
        foreach (var location in stored.Urls)
        {
            switch (await push.WithdrawAsync(location, cancellationToken))
            {
                case WithdrawalResult.Withdrawn:
                    withdrawn++;
                    break;
                case WithdrawalResult.Retry:
                    left.Add(location);
                    break;
            }
        }

        await SettleAsync(stored, left, withdrawn);
        Log.Withdrew(logger, PublicId.Notification(stored.NotificationId), withdrawn, stored.Urls.Length, left.Count);
        return true;
    }

    private Task<bool> IsAnyDueAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session => await session.FirstAsync<long?>($"SELECT id FROM stored_message WHERE withdraw_at <= {session.Dialect.Now} LIMIT 1", new { now = Now }) is not null,
            cancellationToken
        );

    private Task<Stored?> ClaimAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
                session.FirstAsync<Stored>(
                    $"""
                    WITH due AS MATERIALIZED (
                        SELECT organization_id, notification_id, id FROM stored_message
                        WHERE withdraw_at <= {session.Dialect.Now} ORDER BY withdraw_at LIMIT 1 {session.Dialect.SkipLocked})
                    UPDATE stored_message SET withdraw_at = {session.Dialect.Now} + @lease
                    WHERE (organization_id, notification_id, id) IN (SELECT organization_id, notification_id, id FROM due)
                    RETURNING organization_id, notification_id, id, locations
                    """,
                    new { now = Now, lease = (long)Lease.TotalMilliseconds }
                ),
            cancellationToken
        );

    private Task SettleAsync(Stored stored, List<Uri> left, int withdrawn) =>
        database.WriteAsync(
            async session =>
            {
                var values = new
                {
                    stored.OrganizationId,
                    stored.NotificationId,
                    stored.Id,
                    withdrawn,
                    locations = JsonSerializer.Serialize(left),
                    now = Now,
                    pause = (long)RetryAfter.TotalMilliseconds,
                };
                const string Which = "organization_id = @OrganizationId AND notification_id = @NotificationId AND id = @Id";
                await session.ExecuteAsync(
                    left.Count == 0
                        ? $"DELETE FROM stored_message WHERE {Which}"
                        : $"UPDATE stored_message SET locations = @locations, withdraw_at = {session.Dialect.Now} + @pause WHERE {Which}",
                    values
                );
                await session.ExecuteAsync(
                    "UPDATE notification SET withdrawn = withdrawn + @withdrawn WHERE organization_id = @OrganizationId AND id = @NotificationId",
                    values
                );
            },
            CancellationToken.None
        );

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed record Stored
    {
        public long OrganizationId { get; init; }

        public long NotificationId { get; init; }

        public long Id { get; init; }

        public string Locations { get; init; } = "[]";

        public Uri[] Urls => field ??= JsonSerializer.Deserialize<Uri[]>(Locations)!;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "withdrawing failed; it is tried again")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Notification}: {Withdrawn} of {Count} stored messages withdrawn, {Left} to be tried again")]
        public static partial void Withdrew(ILogger logger, string notification, int withdrawn, int count, int left);
    }
}
