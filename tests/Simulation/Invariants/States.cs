using Pushbell.Dispatch.Notifications;

namespace Pushbell.Simulation.Invariants;

/// <summary>A batch as it lies in the database.</summary>
internal sealed record BatchState(BatchKey Key, long[] Recipients, byte[] Outcomes, int Attempt, bool IsLeased, long? DueAt)
{
    public int PendingCount => Outcomes.Count(outcome => DeliveryState.Of(outcome).End == DeliveryEnd.Pending);

    public DeliveryEnd EndAt(int position) => DeliveryState.Of(Outcomes[position]).End;
}

/// <summary>A notification as it lies in the database.</summary>
internal sealed record NotificationState
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

    /// <summary>Not to be sent before; null: at once.</summary>
    public required long? StartsAt { get; init; }

    public required long? CancelledAt { get; init; }

    public required int Withdrawn { get; init; }

    public required long ExpiresAt { get; init; }

    public required long? CompletedAt { get; init; }

    public int Pending => Total - Ends.Sum();

    /// <summary>What it still takes of its quota windows.</summary>
    public int Used => Total - Ends[(int)DeliveryEnd.Gone] - Ends[(int)DeliveryEnd.Rejected] - Ends[(int)DeliveryEnd.Cancelled];
}

/// <summary>An organization's credits; null where it is not metered.</summary>
internal sealed record CreditState(long? Available, long Held);
