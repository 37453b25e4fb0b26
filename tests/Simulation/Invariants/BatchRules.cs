using Pushbell.Dispatch.Notifications;
using Pushbell.Simulation.Store;

namespace Pushbell.Simulation.Invariants;

/// <summary>One end per delivery; nothing written under an old lease; no lease lost without a cause.</summary>
internal sealed class BatchRules(Violations violations)
{
    public void Check(Commit commit, NotificationBook notification, BatchBook batch, BatchState after)
    {
        var before = batch.Row;
        var name = $"{notification.Row.Topic}/{after.Key.Number}";
        if (!after.Recipients.AsSpan().SequenceEqual(before.Recipients) || after.Outcomes.Length != before.Outcomes.Length)
        {
            violations.Add("one end", $"{name}: its recipients have changed");
            return;
        }

        for (var at = 0; at < after.Outcomes.Length; at++)
        {
            if (before.EndAt(at) != DeliveryEnd.Pending && after.Outcomes[at] != before.Outcomes[at])
            {
                violations.Add("one end", $"{name}: delivery {at} had ended {before.EndAt(at)} and is now {DeliveryState.Of(after.Outcomes[at])}");
            }
        }

        if (after.Key.Lease < before.Key.Lease)
        {
            violations.Add("fencing", $"{name}: the lease went back from {before.Key.Lease} to {after.Key.Lease}");
        }

        if (after.DueAt is null && after.PendingCount > 0)
        {
            violations.Add("every end", $"{name}: {after.PendingCount} are pending and nobody will ever come back to them");
        }

        CheckFence(commit, batch, after, name);
    }

    public static bool IsClaim(BatchState before, BatchState after) => after.Key.Lease > before.Key.Lease && after.IsLeased;

    public void Claim(Commit commit, NotificationBook notification, BatchBook batch, long commits)
    {
        if (batch.Holder is { } holder)
        {
            batch.Takeovers++;
            if (holder.DisturbedAt < batch.HeldSince)
            {
                violations.Add(
                    "leases last",
                    $"{notification.Row.Topic}/{batch.Row.Key.Number}: {commit.Process.Name} took it from {holder.Name}, to which nothing had happened"
                );
            }
        }

        (batch.Holder, batch.HeldSince, batch.ClaimedAt) = (commit.Process, commit.BegunAt, commits);
    }

    private void CheckFence(Commit commit, BatchBook batch, BatchState after, string name)
    {
        var before = batch.Row;
        if (after.Outcomes.AsSpan().SequenceEqual(before.Outcomes) || IsRecall(before, after))
        {
            return;
        }

        var token = Presented(commit, before)?.Lease;
        if (token != before.Key.Lease || (batch.Holder is { } holder && holder != commit.Process))
        {
            violations.Add(
                "fencing",
                $"{name}: {commit.Process.Name} wrote outcomes under lease {token}, while {batch.Holder?.Name ?? "nobody"} held lease {before.Key.Lease}"
            );
        }
    }

    /// <summary>What nobody works on may be ended by whoever recalls it; the token goes on, so that nobody who did can write any more.</summary>
    private static bool IsRecall(BatchState before, BatchState after) =>
        !before.IsLeased && !after.IsLeased && after is { DueAt: null, PendingCount: 0 } && after.Key.Lease == before.Key.Lease + 1;

    private static BatchKey? Presented(Commit commit, BatchState batch)
    {
        foreach (var key in commit.Presented)
        {
            if (key with { Lease = batch.Key.Lease } == batch.Key)
            {
                return key;
            }
        }

        return null;
    }
}
