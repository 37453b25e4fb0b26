using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>A service as its owner sees it.</summary>
public sealed record ServiceInfo
{
    public long OrganizationId { get; init; }

    public long Id { get; init; }

    public string Identifier { get; init; } = "";

    public string Name { get; init; } = "";

    public string ContactEmail { get; init; } = "";

    public string? Icon { get; init; }

    public int IsActive { get; init; }

    public int NotificationsEnabled { get; init; }

    public IdentityMode IdentityMode { get; init; }

    /// <summary>There is something to check identity tokens with.</summary>
    public int HasIdentityKey { get; init; }

    /// <summary>Of the hosted PWA, <c>#rrggbb</c>.</summary>
    public string ThemeColor { get; init; } = "";

    public string BackgroundColor { get; init; } = "";

    /// <summary>Taps lead through this server, which counts them.</summary>
    public int ClickLinks { get; init; }

    public string VapidPublicKey { get; init; } = "";

    public long VapidKeyId { get; init; }

    public string PlanName { get; init; } = "";

    public int? CustomHourly { get; init; }

    public int? CustomDaily { get; init; }

    public long ActiveRegistrations { get; init; }

    /// <summary>Different people among the active registrations; one who gave no name counts by the device.</summary>
    public long Subscribers { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }

    public Plan Plan => Plan.Stored(PlanName, CustomHourly, CustomDaily);
}

public sealed class ServiceQueries(Database database)
{
    private const string Columns = """
        s.organization_id, s.id, s.identifier, s.name, s.contact_email, s.icon, s.is_active, s.notifications_enabled, s.identity_mode,
        CASE WHEN s.sealed_identity_key IS NULL THEN 0 ELSE 1 END AS has_identity_key, s.created_at,
        s.theme_color, s.background_color, s.click_links, s.active_registrations, v.public_key AS vapid_public_key, v.id AS vapid_key_id,
        o.plan AS plan_name, o.custom_hourly, o.custom_daily
        """;

    private const string Tables = """
        service s
        JOIN organization o ON o.id = s.organization_id
        JOIN vapid_key v ON v.organization_id = s.organization_id AND v.service_id = s.id AND v.is_current = 1
        """;

    /// <summary>Without <see cref="ServiceInfo.Subscribers"/>, which must be counted.</summary>
    public Task<ServiceInfo> GetAsync(long organization, long service, CancellationToken cancellationToken) =>
        database.ReadAsync(session => GetAsync(session, organization, service), cancellationToken);

    /// <returns>Null when no service of the installation has this identifier, or the one that has it is switched off.</returns>
    public Task<ServiceInfo?> FindOpenAsync(string identifier, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
                session.FirstAsync<ServiceInfo>(
                    $"SELECT {Columns} FROM {Tables} WHERE s.identifier = @identifier AND s.is_active = 1 AND s.notifications_enabled = 1",
                    new { identifier }
                ),
            cancellationToken
        );

    /// <returns>Null when the organization has no such service.</returns>
    public Task<ServiceInfo?> FindAsync(long organization, long service, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindAsync(session, organization, service), cancellationToken);

    public static async Task<ServiceInfo> GetAsync(Session session, long organization, long service) =>
        await FindAsync(session, organization, service) ?? throw new InvalidOperationException($"Service {service} has a key but no row.");

    private static Task<ServiceInfo?> FindAsync(Session session, long organization, long service) =>
        session.FirstAsync<ServiceInfo>(
            $"SELECT {Columns} FROM {Tables} WHERE s.organization_id = @organization AND s.id = @service",
            new { organization, service }
        );

    /// <summary>All of an organization, the oldest first; also without <see cref="ServiceInfo.Subscribers"/>.</summary>
    public Task<IReadOnlyList<ServiceInfo>> ListAsync(long organization, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
                session.ListAsync<ServiceInfo>(
                    $"SELECT {Columns} FROM {Tables} WHERE s.organization_id = @organization ORDER BY s.id",
                    new { organization }
                ),
            cancellationToken
        );

    public Task<ServiceInfo> GetWithSubscribersAsync(long organization, long service, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
                await GetAsync(session, organization, service) with
                {
                    Subscribers = await session.FirstAsync<long>(
                        """
                        SELECT count(DISTINCT coalesce(user_id, email_hash, CAST(id AS TEXT))) FROM registration
                        WHERE organization_id = @organization AND service_id = @service AND status = 0
                        """,
                        new { organization, service }
                    ),
                },
            cancellationToken
        );
}
