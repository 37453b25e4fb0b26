using Pushbell.Dispatch.Alarms;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// Registrations that a push service calls gone, but calls so many gone that it is not believed. They are inactive, not expired, until
/// somebody has resolved the alarm.
/// </summary>
internal sealed class Quarantine(Database database, AlarmBoard alarms)
{
    public const string Reason = "quarantined: the push service declared too many gone at once";

    private const string AtOrigin = "organization_id = @organization AND endpoint >= @first AND endpoint < @behind";

    /// <summary>Resolves an alarm, and acts on what somebody has found out.</summary>
    /// <param name="organization">Whose.</param>
    /// <param name="alarm">Its id.</param>
    /// <param name="restore">Of a <see cref="AlarmKind.MassGone"/>: true makes the quarantined active again, false expires them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many registrations were restored or expired; null when no such alarm is open.</returns>
    public Task<int?> ResolveAsync(long organization, long alarm, bool restore, CancellationToken cancellationToken) =>
        database.WriteAsync<int?>(
            async session =>
            {
                if (await alarms.CloseAsync(session, organization, alarm) is not { } resolved)
                {
                    return null;
                }

                await session.ExecuteAsync(
                    """
                    UPDATE origin_state SET closed_until = 0, refusals = 0, samples = 0, gone = 0, quarantined_since = NULL
                    WHERE organization_id = @organization AND origin = @Origin
                    """,
                    new { organization, resolved.Origin }
                );
                return resolved.Kind == AlarmKind.MassGone ? await EndAsync(session, organization, resolved.Origin, restore) : 0;
            },
            cancellationToken
        );

    /// <summary>What was expired on this push service's word since then is taken back into quarantine.</summary>
    public static async Task TakeBackAsync(Session session, long organization, string origin, long since)
    {
        // All of the organization's registrations are looked through.
        await session.TakeTimeAsync();
        await session.ExecuteAsync(
            $"UPDATE registration SET status = @inactive, status_reason = @Reason WHERE {AtOrigin} AND status = @expired AND ended_at >= @since",
            Values(organization, origin, since)
        );
    }

    private static async Task<int> EndAsync(Session session, long organization, string origin, bool restore)
    {
        await session.TakeTimeAsync();
        if (!restore)
        {
            return await session.ExecuteAsync(
                $"UPDATE registration SET status = @expired WHERE {AtOrigin} AND status = @inactive AND status_reason = @Reason",
                Values(organization, origin)
            );
        }

        var services = await session.ListAsync<long>(
            $"""
            UPDATE registration SET status = @active, status_reason = NULL, ended_at = NULL
            WHERE {AtOrigin} AND status = @inactive AND status_reason = @Reason RETURNING service_id
            """,
            Values(organization, origin)
        );
        foreach (var (service, count) in services.CountBy(service => service))
        {
            await ActiveCount.AddAsync(session, organization, service, count);
        }

        return services.Count;
    }

    // An endpoint goes on with a slash after its origin; '0' is the character behind it.
    private static object Values(long organization, string origin, long since = 0) =>
        new
        {
            organization,
            first = origin + "/",
            behind = origin + "0",
            since,
            Reason,
            active = (int)RegistrationStatus.Active,
            inactive = (int)RegistrationStatus.Inactive,
            expired = (int)RegistrationStatus.Expired,
        };
}
