using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>What to change of a service; null leaves it as it is. The texts obey <see cref="TenantRules"/>.</summary>
public sealed record ServiceChange
{
    public string? Name { get; init; }

    public string? ContactEmail { get; init; }

    /// <summary>Switched off, a service refuses every request with one of its keys.</summary>
    public bool? IsActive { get; init; }

    /// <summary>The same for notifications alone.</summary>
    public bool? NotificationsEnabled { get; init; }

    /// <summary>The address of its picture; empty takes it away.</summary>
    public string? Icon { get; init; }

    /// <summary>Of the hosted PWA, <c>#rrggbb</c>.</summary>
    public string? ThemeColor { get; init; }

    public string? BackgroundColor { get; init; }

    /// <summary>Taps lead through this server, which counts them.</summary>
    public bool? ClickLinks { get; init; }

    /// <summary>Whether pages must prove whom they register.</summary>
    public IdentityMode? Identity { get; init; }

    /// <summary>What identity tokens are checked with.</summary>
    public IdentityKey? IdentityKey { get; init; }

    /// <summary>The allowed origins from now on, in place of those before.</summary>
    public IReadOnlyList<string>? Origins { get; init; }

    public IReadOnlyList<string> AddedOrigins { get; init; } = [];

    public IReadOnlyList<string> RemovedOrigins { get; init; } = [];
}

public sealed class ChangeService(Database database, IdentityPolicies identities)
{
    public Task RunAsync(long organization, long service, ServiceChange change, CancellationToken cancellationToken) =>
        database.WriteAsync(session => ChangeAsync(session, organization, service, change), cancellationToken);

    private async Task ChangeAsync(Session session, long organization, long service, ServiceChange change)
    {
        await session.ExecuteAsync(
            """
            UPDATE service SET name = coalesce(@Name, name), contact_email = coalesce(@ContactEmail, contact_email),
                is_active = coalesce(@isActive, is_active), notifications_enabled = coalesce(@notificationsEnabled, notifications_enabled),
                icon = nullif(coalesce(@Icon, icon), ''), theme_color = coalesce(@ThemeColor, theme_color),
                background_color = coalesce(@BackgroundColor, background_color), click_links = coalesce(@clickLinks, click_links)
            WHERE organization_id = @organization AND id = @service
            """,
            new
            {
                organization,
                service,
                change.Name,
                change.ContactEmail,
                isActive = Flag(change.IsActive),
                notificationsEnabled = Flag(change.NotificationsEnabled),
                change.Icon,
                change.ThemeColor,
                change.BackgroundColor,
                clickLinks = Flag(change.ClickLinks),
            }
        );
        if (change.Identity is { } identity)
        {
            await identities.SetAsync(session, organization, service, identity, change.IdentityKey);
        }

        if (change.Origins is { } origins)
        {
            await ServiceOrigins.ClearAsync(session, organization, service);
            await ServiceOrigins.AddAsync(session, organization, service, origins);
        }

        await ServiceOrigins.AddAsync(session, organization, service, change.AddedOrigins);
        await ServiceOrigins.RemoveAsync(session, organization, service, change.RemovedOrigins);
    }

    private static int? Flag(bool? value) => value is { } on ? (on ? 1 : 0) : null;
}
