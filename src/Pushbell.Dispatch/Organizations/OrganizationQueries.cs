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

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }

    public Plan Plan => Plan.Stored(PlanName, CustomHourly, CustomDaily);
}

public sealed class OrganizationQueries(Database database)
{
    private const string Select = """
        SELECT id, name, plan AS plan_name, custom_hourly, custom_daily, credit_available, credit_held, created_at FROM organization
        """;

    /// <returns>Null when there is none with this id.</returns>
    public Task<OrganizationInfo?> FindAsync(long organization, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FirstAsync<OrganizationInfo>($"{Select} WHERE id = @organization", new { organization }),
            cancellationToken
        );

    /// <summary>All of the installation, the oldest first: for its operator, never for a tenant.</summary>
    public Task<IReadOnlyList<OrganizationInfo>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.ListAsync<OrganizationInfo>($"{Select} ORDER BY id"), cancellationToken);
}
