namespace Pushbell.Dispatch.Organizations;

/// <summary>On whose behalf a request runs: a known, unrevoked key with its organization and service.</summary>
public sealed record Caller
{
    public long OrganizationId { get; init; }

    public long ServiceId { get; init; }

    public long KeyId { get; init; }

    public KeyKind Kind { get; init; }

    /// <summary>Blank-separated scopes of a restricted key.</summary>
    public string Scopes { get; init; } = "";

    /// <summary>Sends with this key are not charged (service-to-service callers of /v1).</summary>
    public bool IsService { get; init; }

    /// <summary>The service is switched on, and notifications with it.</summary>
    public bool ServiceIsOn { get; init; }

    /// <summary>Taps on what it sends lead through this server, which counts them.</summary>
    public bool ClickLinks { get; init; }

    /// <summary>The operator himself, for a service: no key stands between.</summary>
    public static Caller Of(ServiceInfo service) =>
        new()
        {
            OrganizationId = service.OrganizationId,
            ServiceId = service.Id,
            Kind = KeyKind.Secret,
            ServiceIsOn = service is { IsActive: not 0, NotificationsEnabled: not 0 },
            ClickLinks = service.ClickLinks != 0,
        };

    public bool Allows(string scope) => Kind != KeyKind.Restricted || Scopes.Split(' ').Contains(scope, StringComparer.Ordinal);
}
