using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Management.Organizations;

/// <summary>An organization.</summary>
/// <param name="OrganizationId">The organization, <c>org_…</c>.</param>
/// <param name="Name">Its name as people see it.</param>
/// <param name="Plan">What it may send.</param>
/// <param name="Credits">What it can spend.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Services">How many services it has.</param>
/// <param name="ActiveClients">How many registrations of theirs are sent to.</param>
internal sealed record Organization(
    string OrganizationId,
    string Name,
    PlanInfo Plan,
    CreditTotals Credits,
    DateTimeOffset CreatedAt,
    long Services,
    long ActiveClients
)
{
    public static Organization Of(OrganizationInfo organization) =>
        new(
            PublicId.Organization(organization.Id),
            organization.Name,
            new PlanInfo(organization.Plan.Name, organization.Plan.Hourly, organization.Plan.Daily),
            new CreditTotals(organization.CreditAvailable, organization.CreditHeld, organization.CreditSpent, organization.CreditToppedUp),
            DateTimeOffset.FromUnixTimeMilliseconds(organization.CreatedAt),
            organization.Services,
            organization.ActiveRegistrations
        );
}

/// <summary>How many deliveries may be started per UTC hour and day.</summary>
/// <param name="Name">The plan.</param>
/// <param name="Hourly">Deliveries per hour; null without a limit.</param>
/// <param name="Daily">Deliveries per day; null without a limit.</param>
internal sealed record PlanInfo(
    [property: AllowedValues("starter", "professional", "scale", "unlimited", "custom")] string Name,
    int? Hourly,
    int? Daily
);

/// <summary>Where prepaid credits are: available + held + spent = topped up.</summary>
/// <param name="Available">What can still be spent; null when the organization is not metered.</param>
/// <param name="Held">Held for deliveries that have not ended.</param>
/// <param name="Spent">One per accepted delivery.</param>
/// <param name="ToppedUp">All that was ever added.</param>
internal sealed record CreditTotals(long? Available, long Held, long Spent, long ToppedUp)
{
    public static CreditTotals Of(Dispatch.Organizations.CreditTotals totals) => new(totals.Available, totals.Held, totals.Spent, totals.ToppedUp);
}

/// <summary>Organizations.</summary>
/// <param name="Entries">The oldest first.</param>
internal sealed record OrganizationList([property: JsonPropertyName("organizations")] IReadOnlyList<Organization> Entries);

/// <summary>An organization about to be made.</summary>
internal sealed record NewOrganizationBody
{
    /// <summary>For people; need not be unique.</summary>
    [Required]
    [MaxLength(TenantRules.MaxNameLength)]
    public string? Name { get; init; }

    /// <summary>What it may send; unlimited when left out. The plan custom is set afterwards.</summary>
    [AllowedValues("starter", "professional", "scale", "unlimited")]
    public string? Plan { get; init; }

    /// <summary>Prepaid credits, one per accepted delivery; not metered when left out.</summary>
    [Range(0, 1_000_000_000_000)]
    public long? Credits { get; init; }
}

/// <summary>Another name.</summary>
internal sealed record OrganizationChange
{
    /// <summary>For people; need not be unique.</summary>
    [Required]
    [MaxLength(TenantRules.MaxNameLength)]
    public string? Name { get; init; }
}

/// <summary>Another plan.</summary>
internal sealed record PlanBody
{
    /// <summary>The plan from now on.</summary>
    [Required]
    [AllowedValues("starter", "professional", "scale", "unlimited", "custom")]
    public string? Plan { get; init; }

    /// <summary>Of the plan custom: deliveries per UTC hour; null is no limit.</summary>
    [Range(1, int.MaxValue)]
    public int? Hourly { get; init; }

    /// <summary>Of the plan custom: deliveries per UTC day; null is no limit.</summary>
    [Range(1, int.MaxValue)]
    public int? Daily { get; init; }
}
