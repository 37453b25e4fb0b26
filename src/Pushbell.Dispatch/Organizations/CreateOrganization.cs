using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>An organization about to be made.</summary>
/// <param name="Name">For people; not unique.</param>
/// <param name="Plan">What it may send per hour and day.</param>
/// <param name="Credits">Prepaid credits to begin with; null is not metered.</param>
public sealed record NewOrganization(string Name, Plan Plan, long? Credits);

public sealed class CreateOrganization(Database database, Credits credits, IdGenerator ids, TimeProvider clock)
{
    /// <returns>The organization's id.</returns>
    public Task<long> RunAsync(NewOrganization organization, CancellationToken cancellationToken) =>
        database.WriteAsync(session => AddAsync(session, organization), cancellationToken);

    /// <summary>The same within the caller's transaction.</summary>
    internal async Task<long> AddAsync(Session session, NewOrganization organization)
    {
        var id = ids.Next();
        await session.ExecuteAsync(
            """
            INSERT INTO organization (id, name, plan, custom_hourly, custom_daily, created_at)
            VALUES (@id, @Name, @plan, @CustomHourly, @CustomDaily, @now)
            """,
            new
            {
                id,
                organization.Name,
                plan = organization.Plan.Name,
                organization.Plan.CustomHourly,
                organization.Plan.CustomDaily,
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );
        if (organization.Credits is { } amount)
        {
            await credits.TopUpAsync(session, id, amount, "opening balance");
        }

        return id;
    }
}
