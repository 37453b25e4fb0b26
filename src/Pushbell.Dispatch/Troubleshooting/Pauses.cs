using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Troubleshooting;

/// <summary>A push service that is not sent to as usual, by one organization.</summary>
/// <param name="Origin">The push service.</param>
/// <param name="Until">Nothing is sent there before; null: it is sent to.</param>
/// <param name="IsQuarantined">Its "gone" is not believed until somebody has resolved the alarm.</param>
internal sealed record Pause(string Origin, DateTimeOffset? Until, bool IsQuarantined);

internal sealed class Pauses(Database database, TimeProvider clock)
{
    public async Task<IReadOnlyList<Pause>> OfAsync(long organization, CancellationToken cancellationToken)
    {
        // How long still, not until when: the clocks of nodes differ.
        var now = clock.GetUtcNow();
        var rows = await database.ReadAsync(
            session =>
                session.ListAsync<Row>(
                    $"""
                    SELECT origin, closed_until - {session.Dialect.Now} AS closed_for, quarantined_since FROM origin_state
                    WHERE organization_id = @organization AND (closed_until > {session.Dialect.Now} OR quarantined_since IS NOT NULL)
                    """,
                    new { organization, now = now.ToUnixTimeMilliseconds() }
                ),
            cancellationToken
        );
        return
        [
            .. rows.Select(row => new Pause(
                row.Origin,
                row.ClosedFor > 0 ? now.AddMilliseconds(row.ClosedFor) : null,
                row.QuarantinedSince is not null
            )),
        ];
    }

    private sealed record Row
    {
        public string Origin { get; init; } = "";

        public long ClosedFor { get; init; }

        public long? QuarantinedSince { get; init; }
    }
}
