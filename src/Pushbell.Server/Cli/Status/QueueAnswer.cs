using Pushbell.Dispatch.Delivery;

namespace Pushbell.Server.Cli.Status;

/// <summary>What waits: deliveries first, then batches. <paramref name="OldestDueAt"/> is of a due batch; <c>null</c> when none is.</summary>
internal sealed record QueueAnswer(
    long PendingDeliveries,
    long UnclaimedDeliveries,
    long LeasedBatches,
    long WaitingBatches,
    long DueBatches,
    long OverdueBatches,
    DateTime? OldestDueAt
)
{
    internal string DeliveriesText => $"{PendingDeliveries:N0} pending, {UnclaimedDeliveries:N0} of them in broadcasts that are still to be shared out";

    internal string BatchesText =>
        $"{LeasedBatches:N0} worked on, {WaitingBatches:N0} waiting for their time, {DueBatches:N0} due"
        + (OldestDueAt is { } since ? $" since {Table.Moment(since)}" : "")
        + (OverdueBatches > 0 ? $", {OverdueBatches:N0} overdue" : "");

    internal bool NobodyComes => OverdueBatches > 0;

    public static QueueAnswer Of(IReadOnlyList<QueueState> queues) =>
        new(
            queues.Sum(queue => queue.Pending),
            queues.Sum(queue => queue.Unclaimed),
            queues.Sum(queue => queue.Leased),
            queues.Sum(queue => queue.Waiting),
            queues.Sum(queue => queue.Due),
            queues.Sum(queue => queue.Overdue),
            queues.Min(queue => queue.OldestDueAt) is { } oldest ? DateTimeOffset.FromUnixTimeMilliseconds(oldest).UtcDateTime : null
        );
}
