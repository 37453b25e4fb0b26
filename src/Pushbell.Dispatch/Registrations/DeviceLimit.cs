using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Registrations;

/// <summary>
/// How many devices pages may register for one person. Whoever could add any number under somebody's name could multiply every message
/// to that person, and its price.
/// </summary>
internal static class DeviceLimit
{
    public const int PerSubscriber = 20;

    /// <param name="session">The transaction that makes a registration active, or another person's.</param>
    /// <param name="caller">A backend, with a key of its own, knows its people and has no such limit.</param>
    /// <param name="registration">Not counted itself.</param>
    /// <param name="emailHash">Whose it becomes.</param>
    /// <param name="userId">Whose it becomes.</param>
    /// <returns>Null when there is room.</returns>
    public static async Task<Failure?> CheckAsync(Session session, Caller caller, long registration, string? emailHash, string? userId)
    {
        if (caller.Kind != KeyKind.Publishable)
        {
            return null;
        }

        var isFull =
            await IsFullAsync(session, caller, registration, "email_hash", emailHash)
            || await IsFullAsync(session, caller, registration, "user_id", userId);
        return isFull
            ? new Failure.Forbidden($"This person has {PerSubscriber} active devices already; unregister one of them first, or ask the operator of the service to.")
            : null;
    }

    private static async Task<bool> IsFullAsync(Session session, Caller caller, long registration, string column, string? person) =>
        person is not null && await CountAsync(session, caller, registration, column, person) >= PerSubscriber;

    private static async Task<int> CountAsync(Session session, Caller caller, long registration, string column, string person)
    {
        // One after the other: two that count at the same time would both find room for one more.
        await session.LockAsync($"devices/{caller.OrganizationId}/{caller.ServiceId}/{column}/{person}");
        return await session.FirstAsync<int>(
            $"""
            SELECT count(*) FROM registration
            WHERE organization_id = @OrganizationId AND service_id = @ServiceId AND {column} = @person AND status = 0 AND id <> @registration
            """,
            new
            {
                caller.OrganizationId,
                caller.ServiceId,
                person,
                registration,
            }
        );
    }
}
