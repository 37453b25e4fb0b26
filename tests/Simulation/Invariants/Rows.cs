using Pushbell.Dispatch.Notifications;

namespace Pushbell.Simulation.Invariants;

/// <summary>A batch as it lies in the database.</summary>
internal sealed record BatchRow(BatchKey Key, long[] Recipients, byte[] Outcomes, int Attempt, long? DueAt)
{
    public int PendingCount => Outcomes.AsSpan().Count((byte)DeliveryEnd.Pending);
}

/// <summary>A notification as it lies in the database.</summary>
internal sealed record NotificationRow
{
    public required long Organization { get; init; }

    public required long Id { get; init; }

    public required long Service { get; init; }

    /// <summary>Names the send in the simulation.</summary>
    public required string Topic { get; init; }

    public required int Total { get; init; }

    /// <summary>By <see cref="DeliveryEnd"/>; what is pending is not counted there.</summary>
    public required int[] Ends { get; init; }

    public required bool IsMetered { get; init; }

    public required long HourWindow { get; init; }

    public required long DayWindow { get; init; }

    public required long? CursorAfter { get; init; }

    public required long? CursorUpTo { get; init; }

    public required int FannedOut { get; init; }

    public required int Ttl { get; init; }

    public required long ExpiresAt { get; init; }

    public required long? CompletedAt { get; init; }

    public int Pending => Total - Ends.Sum();

    /// <summary>What it still takes of its quota windows.</summary>
    public int Used => Total - Ends[(int)DeliveryEnd.Gone] - Ends[(int)DeliveryEnd.Rejected] - Ends[(int)DeliveryEnd.Cancelled];
}

/// <summary>An organization's credits; null where it is not metered.</summary>
internal sealed record CreditRow(long? Available, long Held);
