using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Registrations;

/// <summary>
/// How many registrations of a service are active, kept beside it so that a broadcast knows its size without counting a million rows.
/// Whoever moves a registration into or out of <see cref="RegistrationStatus.Active"/> says so here, in the same transaction.
/// </summary>
internal static class ActiveCount
{
    public static async Task AddAsync(Session session, long organization, long service, long change)
    {
        if (change < 0)
        {
            await VapidRetirement.RunAsync(session, organization, service);
        }

        await session.ExecuteAsync(
            """
            UPDATE service SET active_registrations = active_registrations + @change WHERE organization_id = @organization AND id = @service
            """,
            new { organization, service, change }
        );
    }
}
