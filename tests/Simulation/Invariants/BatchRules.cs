using Pushbell.Dispatch.Notifications;
using Pushbell.Simulation.Scheduling;
using Pushbell.Simulation.Store;

namespace Pushbell.Simulation.Invariants;

/// <summary>One end per delivery; nothing written under an old lease; no lease lost without a cause.</summary>
internal sealed class BatchRules(Scheduler scheduler, Violations violations)
{
    public void Check(Commit commit, NotificationBook notification, BatchBook batch, BatchRow after)
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
            if (before.Outcomes[at] != (byte)DeliveryEnd.Pending && after.Outcomes[at] != before.Outcomes[at])
            {
                violations.Add("one end", $"{name}: delivery {at} had ended {(DeliveryEnd)before.Outcomes[at]} and is now {(DeliveryEnd)after.Outcomes[at]}");
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

    /// <summary>The lease went on, and not by somebody who held it.</summary>
    public static bool IsClaim(Commit commit, BatchRow before, BatchRow after) => after.Key.Lease > before.Key.Lease && Presented(commit, before) is null;

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

        (batch.Holder, batch.HeldSince, batch.ClaimedAt) = (commit.Process, scheduler.Now, commits);
    }

    private void CheckFence(Commit commit, BatchBook batch, BatchRow after, string name)
    {
        var before = batch.Row;
        if (after.Outcomes.AsSpan().SequenceEqual(before.Outcomes))
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

    private static BatchKey? Presented(Commit commit, BatchRow batch)
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
