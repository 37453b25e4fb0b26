using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>An organization as its operator sees it.</summary>
public sealed record OrganizationInfo
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    public string PlanName { get; init; } = "";

    public int? CustomHourly { get; init; }

    public int? CustomDaily { get; init; }

    /// <summary>What can still be spent; null when the organization is not metered.</summary>
    public long? CreditAvailable { get; init; }

    public long CreditHeld { get; init; }

    public long CreditToppedUp { get; init; }

    public long Services { get; init; }

    public long ActiveRegistrations { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>What became of the rest: available + held + spent = topped up.</summary>
    public long CreditSpent => CreditToppedUp - (CreditAvailable ?? 0) - CreditHeld;

    public Plan Plan => Plan.Stored(PlanName, CustomHourly, CustomDaily);
}

public sealed class OrganizationQueries(Database database)
{
    private const string Select = """
        SELECT o.id, o.name, o.plan AS plan_name, o.custom_hourly, o.custom_daily, o.credit_available, o.credit_held, o.created_at,
               (SELECT coalesce(sum(m.amount), 0) FROM credit_movement m WHERE m.organization_id = o.id AND m.kind = 'top-up') AS credit_topped_up,
               (SELECT count(*) FROM service s WHERE s.organization_id = o.id) AS services,
               (SELECT coalesce(sum(s.active_registrations), 0) FROM service s WHERE s.organization_id = o.id) AS active_registrations
        FROM organization o
        """;

    /// <returns>Null when there is none with this id.</returns>
    public Task<OrganizationInfo?> FindAsync(long organization, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FirstAsync<OrganizationInfo>($"{Select} WHERE o.id = @organization", new { organization }),
            cancellationToken
        );

    /// <summary>All of the installation, the oldest first: for its operator, never for a tenant.</summary>
    public Task<IReadOnlyList<OrganizationInfo>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.ListAsync<OrganizationInfo>($"{Select} ORDER BY o.id"), cancellationToken);

    /// <summary>Those where an account is a member, the oldest first.</summary>
    public Task<IReadOnlyList<OrganizationInfo>> ListOfAsync(long account, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
                session.ListAsync<OrganizationInfo>(
                    $"{Select} WHERE EXISTS (SELECT 1 FROM member m WHERE m.organization_id = o.id AND m.id = @account) ORDER BY o.id",
                    new { account }
                ),
            cancellationToken
        );
}
