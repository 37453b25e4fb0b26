using Microsoft.Data.Sqlite;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Simulation.Invariants;

/// <summary>Reads the database behind the product's back, on a connection that knows neither pause nor fault.</summary>
internal sealed class LedgerReader(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    /// <returns>Null when it was deleted.</returns>
    public BatchState? Batch(long row) =>
        One(
            "SELECT organization_id, notification_id, id, lease, recipients, outcomes, attempt, is_leased, due_at FROM batch WHERE rowid = @a",
            reader => new BatchState(
                new BatchKey(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt64(3)),
                RecipientList.Decode(reader.GetFieldValue<byte[]>(4)),
                reader.GetFieldValue<byte[]>(5),
                reader.GetInt32(6),
                reader.GetInt32(7) != 0,
                Nullable(reader, 8)
            ),
            row
        );

    /// <returns>Null when it was deleted.</returns>
    public NotificationState? Notification(long row) =>
        One(
            """
            SELECT organization_id, id, service_id, topic, total_targets, accepted, gone, rejected, expired, cancelled, is_metered,
                   hour_window, day_window, cursor_after, cursor_upto, fanned_out, ttl, expires_at, completed_at,
                   starts_at, cancelled_at, withdrawn
            FROM notification WHERE rowid = @a
            """,
            ToNotification,
            row
        );

    public CreditState Credits(long organization) =>
        One(
            "SELECT credit_available, credit_held FROM organization WHERE id = @a",
            reader => new CreditState(Nullable(reader, 0), reader.GetInt64(1)),
            organization
        )!;

    /// <summary>The sums of the movements: topped up, held, spent, returned.</summary>
    public (long ToppedUp, long Held, long Spent, long Returned) Movements(long organization) =>
        One(
            """
            SELECT coalesce(sum(amount) FILTER (WHERE kind = 'top-up'), 0), coalesce(sum(amount) FILTER (WHERE kind = 'hold'), 0),
                   coalesce(sum(amount) FILTER (WHERE kind = 'spend'), 0), coalesce(sum(amount) FILTER (WHERE kind = 'return'), 0)
            FROM credit_movement WHERE organization_id = @a
            """,
            reader => (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)),
            organization
        );

    /// <param name="organization">Whose.</param>
    /// <param name="kind">0: hour, 1: day.</param>
    /// <param name="startsAt">Unix milliseconds.</param>
    public long QuotaUsed(long organization, int kind, long startsAt) =>
        Value("SELECT coalesce(sum(used), 0) FROM quota_window WHERE organization_id = @a AND kind = @b AND starts_at = @c", organization, kind, startsAt);

    /// <summary>How many of a new batch's recipients are not in use.</summary>
    public long OutOfUse(BatchState batch, long service) =>
        Value(
            """
            SELECT count(*) FROM registration WHERE organization_id = @a AND service_id = @b AND status <> 0
                AND id IN (SELECT value FROM json_each(@c))
            """,
            batch.Key.OrganizationId,
            service,
            $"[{string.Join(',', batch.Recipients)}]"
        );

    public IReadOnlyList<long> ActiveUpTo(long organization, long service, long upTo) =>
        List(
            "SELECT id FROM registration WHERE organization_id = @a AND service_id = @b AND id <= @c AND status = 0",
            reader => reader.GetInt64(0),
            organization,
            service,
            upTo
        );

    public string Endpoint(long organization, long service, long registration) =>
        One(
            "SELECT endpoint FROM registration WHERE organization_id = @a AND service_id = @b AND id = @c",
            reader => reader.GetString(0),
            organization,
            service,
            registration
        )!;

    /// <summary>Services whose count of active registrations is wrong.</summary>
    public long Miscounted() =>
        Value(
            """
            SELECT count(*) FROM service s WHERE active_registrations <> (SELECT count(*) FROM registration r
                WHERE r.organization_id = s.organization_id AND r.service_id = s.id AND r.status = 0)
            """
        );

    public long ToWithdraw() => Value("SELECT count(*) FROM stored_message WHERE withdraw_at IS NOT NULL");

    /// <summary>When the next batch, key range or withdrawal falls due, in Unix milliseconds; null when all is done.</summary>
    public long? NextDue() =>
        One(
            """
            SELECT min(due) FROM (
                SELECT min(due_at) AS due FROM batch WHERE due_at IS NOT NULL
                UNION ALL SELECT min(coalesce(starts_at, 0)) FROM notification WHERE cursor_after IS NOT NULL
                UNION ALL SELECT min(withdraw_at) FROM stored_message WHERE withdraw_at IS NOT NULL)
            """,
            reader => Nullable(reader, 0)
        );

    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private static NotificationState ToNotification(SqliteDataReader reader) =>
        new()
        {
            Organization = reader.GetInt64(0),
            Id = reader.GetInt64(1),
            Service = reader.GetInt64(2),
            Topic = reader.GetString(3),
            Total = reader.GetInt32(4),
            Ends = [0, reader.GetInt32(5), reader.GetInt32(6), reader.GetInt32(7), reader.GetInt32(8), reader.GetInt32(9)],
            IsMetered = reader.GetInt32(10) != 0,
            HourWindow = reader.GetInt64(11),
            DayWindow = reader.GetInt64(12),
            CursorAfter = Nullable(reader, 13),
            CursorUpTo = Nullable(reader, 14),
            FannedOut = reader.GetInt32(15),
            Ttl = reader.GetInt32(16),
            ExpiresAt = reader.GetInt64(17),
            CompletedAt = Nullable(reader, 18),
            StartsAt = Nullable(reader, 19),
            CancelledAt = Nullable(reader, 20),
            Withdrawn = reader.GetInt32(21),
        };

    private static long? Nullable(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    private long Value(string sql, params ReadOnlySpan<object> values) => One(sql, reader => reader.GetInt64(0), values);

    private T? One<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object> values)
    {
        using var reader = Run(sql, values);
        return reader.Read() ? map(reader) : default;
    }

    private List<T> List<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object> values)
    {
        using var reader = Run(sql, values);
        var list = new List<T>();
        while (reader.Read())
        {
            list.Add(map(reader));
        }

        return list;
    }

    private SqliteDataReader Run(string sql, ReadOnlySpan<object> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var at = 0; at < values.Length; at++)
            {
                command.Parameters.Add(new SqliteParameter("@" + (char)('a' + at), null));
            }

            prepared.Add(sql, command);
        }

        for (var at = 0; at < values.Length; at++)
        {
            command.Parameters[at].Value = values[at];
        }

        return command.ExecuteReader();
    }
}
