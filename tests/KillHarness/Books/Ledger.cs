using System.Data.Common;
using Dapper;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.KillHarness.Nodes;

namespace Pushbell.KillHarness.Books;

/// <summary>Reads the database beside the nodes. The one place that knows tables.</summary>
internal sealed class Ledger(Installation installation)
{
    static Ledger() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Public ids of all registrations by endpoint.</summary>
    public Task<Dictionary<string, string>> RegistrationsAsync() =>
        InOneStateAsync(async transaction =>
        {
            var rows = await QueryAsync<(long Id, string Endpoint)>(transaction, "SELECT id, endpoint FROM registration");
            return rows.ToDictionary(row => row.Endpoint, row => PublicId.Registration(row.Id));
        });

    /// <summary>Everything that must agree, from one state of the database.</summary>
    public Task<Snapshot> ReadAsync() =>
        InOneStateAsync(async transaction => new Snapshot(
            await CreditsAsync(transaction),
            await NotificationsAsync(transaction),
            await QueryAsync<WindowState>(transaction, "SELECT kind, starts_at, used FROM quota_window")
        ));

    private static async Task<CreditState> CreditsAsync(DbTransaction transaction) =>
        (
            await QueryAsync<CreditState>(
                transaction,
                """
                SELECT o.credit_available AS available, o.credit_held AS held, m.topped_up, m.spent, m.lowest_available, m.lowest_held
                FROM organization o JOIN (
                    SELECT organization_id, min(available_after) AS lowest_available, min(held_after) AS lowest_held,
                        CAST(sum(CASE WHEN kind = 'top-up' THEN amount ELSE 0 END) AS BIGINT) AS topped_up,
                        CAST(sum(CASE WHEN kind = 'spend' THEN amount ELSE 0 END) AS BIGINT) AS spent
                    FROM credit_movement GROUP BY organization_id) m ON m.organization_id = o.id
                """
            )
        )[0];

    private static async Task<IReadOnlyList<NotificationState>> NotificationsAsync(DbTransaction transaction)
    {
        var notifications = await QueryAsync<NotificationState>(
            transaction,
            """
            SELECT id, payload, total_targets, accepted, gone, rejected, expired, cancelled, hour_window, day_window FROM notification
            """
        );
        var batches = await QueryAsync<(long Notification, byte[] Outcomes)>(transaction, "SELECT notification_id, outcomes FROM batch");
        var outcomes = batches.ToLookup(batch => batch.Notification, batch => batch.Outcomes.Select(outcome => DeliveryState.Of(outcome).End));
        return [.. notifications.Select(notification => notification with { Outcomes = [.. outcomes[notification.Id].SelectMany(ends => ends)] })];
    }

    private static async Task<List<T>> QueryAsync<T>(DbTransaction transaction, string sql) =>
        [.. await transaction.Connection!.QueryAsync<T>(sql, transaction: transaction)];

    private async Task<T> InOneStateAsync<T>(Func<DbTransaction, Task<T>> read)
    {
        await using var transaction = await installation.Database.ReadAsync();
        await using var connection = transaction.Connection!;
        return await read(transaction);
    }
}
