using Pushbell.Dispatch.Notifications;
using Pushbell.Simulation.Network;
using Pushbell.Simulation.Scheduling;

namespace Pushbell.Simulation.Invariants;

/// <summary>What the network may see: only what was accepted, no more copies than something has caused, nothing late.</summary>
internal sealed class CopyRules(Ledger ledger, SimulatedNetwork network, Scheduler scheduler, TimeSpan lease, Violations violations)
{
    // Between the look at the clock and the send others may run; not for long, unless the process was held up.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    // A process that was held up sends what it was about to send when it goes on.
    private static readonly TimeSpan AfterDisturbance = TimeSpan.FromSeconds(2);

    // Whoever works on a batch learns of a recall when he renews his lease, if not before.
    private TimeSpan RecallSeenIn => (lease / 3) + TimeSpan.FromSeconds(1);

    public void CheckSending(string topic, int ttl, Device device, SimulatedProcess process)
    {
        if (ledger.Find(topic) is { IsSecond: true })
        {
            return;
        }

        if (ledger.Find(topic) is not { } notification || !notification.Recipients.TryGetValue(device.Id, out var batch))
        {
            violations.Add("accepted first", $"{topic} is sent to {device.Path}, and the database knows nothing of it");
            return;
        }

        // Once a batch was taken over, its former holder may still be sending for its own, earlier claim.
        if (batch.Takeovers == 0 && device.DeregisteredAt < batch.ClaimedAt)
        {
            violations.Add("deregistered", $"{topic} is sent to {device.Path} by a claim that came after its deregistration");
        }

        if (batch.Takeovers == 0 && notification.Recalled?.Commit < batch.ClaimedAt)
        {
            violations.Add("recalled", $"{topic} is sent to {device.Path} by a claim that came after its recall");
        }

        if (process.DisturbedAt > scheduler.Now - AfterDisturbance.Ticks)
        {
            return;
        }

        CheckTimes(notification, batch, ttl, device, process);
    }

    private void CheckTimes(NotificationBook notification, BatchBook batch, int ttl, Device device, SimulatedProcess process)
    {
        var (row, topic) = (notification.Row, notification.Row.Topic);
        if (notification.Recalled is { } recalled && process.DisturbedAt < recalled.At && scheduler.Now - recalled.At > RecallSeenIn.Ticks)
        {
            violations.Add("recalled", $"{topic} is sent to {device.Path} {TimeSpan.FromTicks(scheduler.Now - recalled.At)} after its recall");
        }

        if (!scheduler.HasGoneBack && row.StartsAt > (scheduler.WallClock + Grace).ToUnixTimeMilliseconds())
        {
            violations.Add("send at", $"{topic} is sent to {device.Path} before its time");
        }

        var left = DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAt) - scheduler.WallClock;
        // A TTL of 0 gets its one round, whenever that is.
        var isFirstRound = row.Ttl == 0 && batch.Row.Attempt == 0;
        if (left + Grace < TimeSpan.Zero && !isFirstRound)
        {
            violations.Add("time to live", $"{topic} is sent to {device.Path} {-left.TotalSeconds:0.000} s after its end");
        }

        if (ttl > Math.Max(0, Math.Ceiling((left + Grace).TotalSeconds)))
        {
            violations.Add("time to live", $"{topic} is sent with a TTL of {ttl} s, and {left.TotalSeconds:0.000} s are left");
        }
    }

    public void CheckAccepted(string topic, Device device)
    {
        if (ledger.Find(topic) is not { IsSecond: false } notification || !notification.Recipients.TryGetValue(device.Id, out var batch))
        {
            return;
        }

        var attempts = network.Attempts(topic, device);
        var copies = attempts.Count(each => each.IsAccepted);
        var ambiguous = attempts.Count(each => each.IsAmbiguous);
        if (copies > 1 + ambiguous + batch.Takeovers)
        {
            violations.Add(
                "copies",
                $"{topic} reached {device.Path} {copies} times, with {ambiguous} ambiguous attempts and {batch.Takeovers} lost leases"
            );
        }
    }

    /// <summary>
    /// A process is killed: what the push services have and the ledger will never know is at most its window. Batches whose settlement a
    /// fault of the store has broken off before are not in its hands any more.
    /// </summary>
    public void CheckKilled(SimulatedProcess process, int window)
    {
        var unsettled = 0;
        foreach (var notification in ledger.Notifications.Where(notification => !notification.IsSecond))
        {
            foreach (var batch in notification.Batches.Where(batch => batch.Holder == process && batch.HeldSince > process.DisturbedAt))
            {
                for (var at = 0; at < batch.Row.Outcomes.Length; at++)
                {
                    unsettled += batch.Row.EndAt(at) == DeliveryEnd.Pending && IsUnsettled(notification, batch.Row.Recipients[at], process) ? 1 : 0;
                }
            }
        }

        if (unsettled > window)
        {
            violations.Add("window", $"{process.Name} is killed with {unsettled} accepted deliveries unsettled; its window is {window}");
        }
    }

    private bool IsUnsettled(NotificationBook notification, long registration, SimulatedProcess process) =>
        network
            .Attempts(notification.Row.Topic, ledger.DeviceOf(notification.Row, registration))
            .Any(attempt => attempt.Process == process && attempt is { IsAccepted: true, IsAmbiguous: false });
}
