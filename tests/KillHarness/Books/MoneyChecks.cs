using Pushbell.Dispatch.Notifications;

namespace Pushbell.KillHarness.Books;

/// <summary>What must be equal to the unit between any two commits, after every fault and at the end: counters, credits, quota.</summary>
internal static class MoneyChecks
{
    public static IEnumerable<Violation> Of(Snapshot snapshot) =>
        [.. OfCredits(snapshot), .. OfQuota(snapshot), .. snapshot.Notifications.SelectMany(OfCounters)];

    /// <summary>What is missing from, or too much in, the credits: balance + held + spent − topped up.</summary>
    public static long Difference(CreditState credits) => credits.Available + credits.Held + credits.Spent - credits.ToppedUp;

    private static IEnumerable<Violation> OfCredits(Snapshot snapshot)
    {
        var credits = snapshot.Credits;
        if (Difference(credits) != 0)
        {
            yield return Credits(
                $"{credits.Available} available + {credits.Held} held + {credits.Spent} spent is not the {credits.ToppedUp} that were topped up."
            );
        }

        var accepted = snapshot.Notifications.Sum(notification => (long)notification.Accepted);
        if (credits.Spent != accepted)
        {
            yield return Credits($"{credits.Spent} were spent on {accepted} accepted deliveries.");
        }

        if (credits.Held != snapshot.Pending)
        {
            yield return Credits($"{credits.Held} are held for {snapshot.Pending} pending deliveries.");
        }

        if (credits.LowestAvailable < 0 || credits.LowestHeld < 0)
        {
            yield return Credits($"They were negative: available down to {credits.LowestAvailable}, held down to {credits.LowestHeld}.");
        }
    }

    private static IEnumerable<Violation> OfQuota(Snapshot snapshot)
    {
        var reserved = snapshot
            .Notifications.SelectMany(notification =>
            {
                var kept = (long)notification.Accepted + notification.Expired + notification.Pending;
                return new[] { (Kind: 0, At: notification.HourWindow, Kept: kept), (Kind: 1, At: notification.DayWindow, Kept: kept) };
            })
            .GroupBy(part => (part.Kind, part.At), part => part.Kept)
            .ToDictionary(group => group.Key, group => group.Sum());
        return snapshot
            .Windows.Select(window => (Window: window, Kept: reserved.GetValueOrDefault((window.Kind, window.StartsAt))))
            .Where(pair => pair.Window.Used != pair.Kept)
            .Select(pair => new Violation(
                Invariants.Quota,
                $"The {(pair.Window.Kind == 0 ? "hour" : "day")} window {pair.Window.StartsAt} counts {pair.Window.Used}; accepted, expired and pending are {pair.Kept}."
            ));
    }

    private static IEnumerable<Violation> OfCounters(NotificationState notification)
    {
        var ends = notification.Outcomes.CountBy(end => end).ToDictionary();
        int Of(DeliveryEnd end) => ends.GetValueOrDefault(end);
        var counted = (notification.Accepted, notification.Gone, notification.Rejected, notification.Expired);
        var written = (Of(DeliveryEnd.Accepted), Of(DeliveryEnd.Gone), Of(DeliveryEnd.Rejected), Of(DeliveryEnd.Expired));
        // Whoever left before his batch was made ends cancelled without standing in one.
        if (counted != written || notification.Cancelled < Of(DeliveryEnd.Cancelled) || notification.Pending < Of(DeliveryEnd.Pending))
        {
            yield return new Violation(
                Invariants.Counters,
                $"Notification {notification.Id} counts {counted} accepted, gone, rejected, expired, {notification.Cancelled} cancelled of "
                    + $"{notification.TotalTargets}; its batches say {written}, {Of(DeliveryEnd.Cancelled)} cancelled, {Of(DeliveryEnd.Pending)} pending."
            );
        }
    }

    private static Violation Credits(string sentence) => new(Invariants.Credits, sentence);
}
