using System.Text.Json;

namespace Pushbell.Dispatch.Notifications;

/// <summary>A notification as the ledger holds it.</summary>
internal record NotificationRow
{
    public const string Columns = """
        organization_id, id, total_targets, accepted, gone, rejected, expired, cancelled, is_queued, unknown_registrations, created_at,
        starts_at, cancelled_at, completed_at, withdrawn, shown, clicked, dismissed, link_clicks
        """;

    public long OrganizationId { get; init; }

    public long Id { get; init; }

    public int TotalTargets { get; init; }

    public int Accepted { get; init; }

    public int Gone { get; init; }

    public int Rejected { get; init; }

    public int Expired { get; init; }

    public int Cancelled { get; init; }

    public int Shown { get; init; }

    public int Clicked { get; init; }

    public int Dismissed { get; init; }

    public int LinkClicks { get; init; }

    public int IsQueued { get; init; }

    public string UnknownRegistrations { get; init; } = "[]";

    public long CreatedAt { get; init; }

    public long? StartsAt { get; init; }

    public long? CancelledAt { get; init; }

    public long? CompletedAt { get; init; }

    public int Withdrawn { get; init; }

    public IReadOnlyList<string> Unknown => JsonSerializer.Deserialize<string[]>(UnknownRegistrations)!;

    public Notification ToNotification(IReadOnlyList<string> invalid, DateTimeOffset now) =>
        new()
        {
            OrganizationId = OrganizationId,
            Id = Id,
            TotalTargets = TotalTargets,
            Accepted = Accepted,
            Gone = Gone,
            Rejected = Rejected,
            Expired = Expired,
            Cancelled = Cancelled,
            Receipts = new ReceiptCounts(Shown, Clicked, Dismissed, LinkClicks),
            IsQueued = IsQueued != 0,
            InvalidRegistrations = invalid,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            SendAt = Time(StartsAt),
            IsScheduled = CompletedAt is null && Time(StartsAt) > now,
            CancelledAt = Time(CancelledAt),
            CompletedAt = Time(CompletedAt),
            Withdrawn = Withdrawn,
        };

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
