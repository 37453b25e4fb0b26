using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Alarms;

/// <summary>What somebody should look at.</summary>
public enum AlarmKind
{
    /// <summary>A push service says "gone" of too many at once; they are kept aside, not expired.</summary>
    MassGone,

    /// <summary>A push service refuses everything that this organization sends; sending there is paused.</summary>
    RefusesEveryone,
}

/// <summary>An alarm; open while <see cref="ResolvedAt"/> is null.</summary>
public sealed record Alarm(
    long OrganizationId,
    long Id,
    AlarmKind Kind,
    string Origin,
    string Sentence,
    DateTimeOffset RaisedAt,
    DateTimeOffset? ResolvedAt
);

/// <summary>Alarms are rows: they survive the process and are the same for every node. At most one is open per organization, kind and origin.</summary>
public sealed class AlarmBoard(Database database, IdGenerator ids, TimeProvider clock)
{
    private const string Columns = "organization_id, id, kind, origin, sentence, raised_at, resolved_at";

    /// <returns>Null when the organization has no such alarm.</returns>
    public async Task<Alarm?> FindAsync(long organization, long alarm, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            session =>
                session.FirstAsync<Row>($"SELECT {Columns} FROM alarm WHERE organization_id = @organization AND id = @alarm", new { organization, alarm }),
            cancellationToken
        );
        return row?.ToAlarm();
    }

    /// <returns>Open ones first, then newest first.</returns>
    public Task<IReadOnlyList<Alarm>> ListAsync(long organization, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Alarm>>(
            async session =>
            {
                var rows = await session.ListAsync<Row>(
                    $"""
                    SELECT {Columns} FROM alarm
                    WHERE organization_id = @organization ORDER BY CASE WHEN resolved_at IS NULL THEN 0 ELSE 1 END, id DESC LIMIT 1000
                    """,
                    new { organization }
                );
                return [.. rows.Select(row => row.ToAlarm())];
            },
            cancellationToken
        );

    /// <returns>False when such an alarm is open already.</returns>
    internal async Task<bool> RaiseAsync(Session session, long organization, AlarmKind kind, string origin, string sentence) =>
        await session.ExecuteAsync(
            """
            INSERT INTO alarm (organization_id, id, kind, origin, sentence, raised_at)
            VALUES (@organization, @id, @kind, @origin, @sentence, @now)
            ON CONFLICT (organization_id, kind, origin) WHERE resolved_at IS NULL DO NOTHING
            """,
            new
            {
                organization,
                id = ids.Next(),
                kind = kind.ToString(),
                origin,
                sentence,
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        ) == 1;

    /// <returns>The alarm that was open; null when there is none of that id.</returns>
    internal async Task<Alarm?> CloseAsync(Session session, long organization, long id)
    {
        var row = await session.FirstAsync<Row>(
            $"""
            UPDATE alarm SET resolved_at = @now WHERE organization_id = @organization AND id = @id AND resolved_at IS NULL
            RETURNING {Columns}
            """,
            new
            {
                organization,
                id,
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );
        return row?.ToAlarm();
    }

    private sealed record Row
    {
        public long OrganizationId { get; init; }

        public long Id { get; init; }

        public string Kind { get; init; } = "";

        public string Origin { get; init; } = "";

        public string Sentence { get; init; } = "";

        public long RaisedAt { get; init; }

        public long? ResolvedAt { get; init; }

        public Alarm ToAlarm() =>
            new(
                OrganizationId,
                Id,
                Enum.Parse<AlarmKind>(Kind),
                Origin,
                Sentence,
                DateTimeOffset.FromUnixTimeMilliseconds(RaisedAt),
                ResolvedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null
            );
    }
}
