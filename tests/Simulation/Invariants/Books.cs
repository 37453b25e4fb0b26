using Pushbell.Simulation.Scheduling;

namespace Pushbell.Simulation.Invariants;

/// <summary>What the simulation remembers of a batch: its row as last committed, and who may write it.</summary>
internal sealed class BatchBook(BatchState row)
{
    public BatchState Row { get; set; } = row;

    /// <summary>Who claimed it; null when it was let go, or was never claimed.</summary>
    public SimulatedProcess? Holder { get; set; }

    /// <summary>Ticks.</summary>
    public long HeldSince { get; set; }

    /// <summary>The number of the commit that claimed it.</summary>
    public long ClaimedAt { get; set; }


    /// <summary>How often it was claimed from somebody who had not let it go.</summary>
    public int Takeovers { get; set; }
}

/// <summary>What the simulation remembers of a notification.</summary>
internal sealed class NotificationBook(NotificationState row)
{
    public NotificationState Row { get; set; } = row;

    /// <summary>Ticks and number of the commit that recalled it; null while nobody has.</summary>
    public (long At, long Commit)? Recalled { get; set; }

    /// <summary>The same send, accepted once more because its idempotency key had lapsed: attempts no longer tell which of the two they are for.</summary>
    public bool IsSecond { get; init; }

    /// <summary>Kept long enough, and deleted.</summary>
    public bool IsPruned { get; set; }

    public List<BatchBook> Batches { get; } = [];

    /// <summary>The batch of each recipient, by registration.</summary>
    public Dictionary<long, BatchBook> Recipients { get; } = [];
}
