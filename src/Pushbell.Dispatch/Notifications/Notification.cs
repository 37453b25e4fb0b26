namespace Pushbell.Dispatch.Notifications;

/// <summary>Where an accepted send stands.</summary>
public enum NotificationStatus
{
    /// <summary>Accepted; no delivery has been tried yet.</summary>
    Queued,

    /// <summary>Accepted, to be delivered later.</summary>
    Scheduled,

    /// <summary>Under way, or waiting for a retry.</summary>
    Processing,

    /// <summary>Every delivery has ended.</summary>
    Completed,

    /// <summary>Recalled before every delivery had ended.</summary>
    Cancelled,
}

/// <summary>One accepted send request and its counts.</summary>
public sealed record Notification
{
    public long OrganizationId { get; init; }

    public long Id { get; init; }

    public int TotalTargets { get; init; }

    public int Accepted { get; init; }

    public int Gone { get; init; }

    public int Rejected { get; init; }

    public int Expired { get; init; }

    public int Cancelled { get; init; }

    public ReceiptCounts Receipts { get; init; } = new(0, 0, 0, 0);

    public bool IsQueued { get; init; }

    /// <summary>Public ids of the registrations that do not exist, are not active, or that a push service declared gone.</summary>
    public IReadOnlyList<string> InvalidRegistrations { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When delivery was to begin; null is at once.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>That moment has not come yet.</summary>
    public bool IsScheduled { get; init; }

    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>Accepted, then deleted at the push service before a browser fetched them.</summary>
    public int Withdrawn { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Ended without acceptance.</summary>
    public int Failed => Gone + Rejected + Expired + Cancelled;

    public int Pending => TotalTargets - Accepted - Failed;

    /// <summary>As it stood before any delivery, which is what a queued send is answered with.</summary>
    internal Notification AsAccepted() =>
        this with
        {
            Accepted = 0,
            Gone = 0,
            Rejected = 0,
            Expired = 0,
            Cancelled = 0,
            InvalidRegistrations = [.. InvalidRegistrations.SkipLast(Math.Min(Gone, NotificationQueries.InvalidLimit))],
            CompletedAt = TotalTargets == 0 ? CompletedAt : null,
            CancelledAt = null,
            IsScheduled = SendAt is not null && TotalTargets > 0,
        };

    public NotificationStatus Status =>
        CancelledAt is not null && !(CompletedAt < CancelledAt) ? NotificationStatus.Cancelled
        : CompletedAt is not null ? NotificationStatus.Completed
        : IsScheduled ? NotificationStatus.Scheduled
        : IsQueued && Pending == TotalTargets ? NotificationStatus.Queued
        : NotificationStatus.Processing;
}
