using Pushbell.Dispatch.Notifications;

namespace Pushbell.KillHarness.Books;

/// <summary>What the database says at one moment, between two commits.</summary>
internal sealed record Snapshot(CreditState Credits, IReadOnlyList<NotificationState> Notifications, IReadOnlyList<WindowState> Windows)
{
    public long Pending => Notifications.Sum(notification => notification.Pending);
}

/// <summary>The organization's credits, and the sums and lowest points of their movements.</summary>
internal sealed record CreditState
{
    public long Available { get; init; }

    public long Held { get; init; }

    public long ToppedUp { get; init; }

    public long Spent { get; init; }

    public long LowestAvailable { get; init; }

    public long LowestHeld { get; init; }
}

/// <summary>One request: its counters, and what its batches say.</summary>
internal sealed record NotificationState
{
    public long Id { get; init; }

    public byte[] Payload { get; init; } = [];

    public int TotalTargets { get; init; }

    public int Accepted { get; init; }

    public int Gone { get; init; }

    public int Rejected { get; init; }

    public int Expired { get; init; }

    public int Cancelled { get; init; }

    public long HourWindow { get; init; }

    public long DayWindow { get; init; }

    /// <summary>The outcome of each recipient that a batch has.</summary>
    public IReadOnlyList<DeliveryEnd> Outcomes { get; init; } = [];

    public int Pending => TotalTargets - Accepted - Gone - Rejected - Expired - Cancelled;
}

/// <summary>A quota window: 0 is the hour, 1 the day.</summary>
internal sealed record WindowState
{
    public int Kind { get; init; }

    public long StartsAt { get; init; }

    public long Used { get; init; }
}
