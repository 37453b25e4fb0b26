namespace Pushbell.Dispatch.Registrations;

public enum RegistrationStatus
{
    Active = 0,

    /// <summary>Keeps failing, or was made with a VAPID key that the push service no longer accepts.</summary>
    Inactive = 1,

    /// <summary>The push service said 404 or 410.</summary>
    Expired = 2,

    /// <summary>Deregistered by the organization or unsubscribed by the person.</summary>
    Unregistered = 3,
}

/// <summary>One browser or installed PWA that can be reached.</summary>
public sealed record Registration
{
    private static readonly TimeSpan OnlineFor = TimeSpan.FromMinutes(2);

    public long OrganizationId { get; init; }

    public long ServiceId { get; init; }

    public long Id { get; init; }

    public RegistrationStatus Status { get; init; }

    public string? StatusReason { get; init; }

    /// <summary>Readable only where the registration came through /v2.</summary>
    public string? Email { get; init; }

    public string? UserId { get; init; }

    /// <summary>JSON object, as the browser described itself.</summary>
    public string? DeviceInfo { get; init; }

    public bool IsInstalled { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    public long NotificationCount { get; init; }

    /// <summary>The origin of its push service.</summary>
    public string PushService { get; init; } = "";

    /// <summary>It was made with the VAPID pair that pages subscribe with now; otherwise it is sent to with the one before.</summary>
    public bool HasCurrentKey { get; init; }

    /// <summary>When a push service last accepted a notification for it.</summary>
    public DateTimeOffset? LastNotifiedAt { get; init; }

    public DateTimeOffset? LastActiveAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether its page gave a sign of life lately.</summary>
    public bool IsOnline(DateTimeOffset now) => LastActiveAt is { } at && now - at <= OnlineFor;
}
