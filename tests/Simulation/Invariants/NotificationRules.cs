using Pushbell.Dispatch.Notifications;

namespace Pushbell.Simulation.Invariants;

/// <summary>A notification's counters are its ledger, and its cursor only goes on.</summary>
internal sealed class NotificationRules(Violations violations)
{
    public void Check(NotificationState before, NotificationState after)
    {
        if (after.CursorAfter < before.CursorAfter || (before.CursorAfter is null && after.CursorAfter is not null))
        {
            violations.Add("cursor complete", $"{after.Topic}: the cursor went back from {before.CursorAfter} to {after.CursorAfter}");
        }

        if (after.Total != before.Total || after.Topic != before.Topic)
        {
            violations.Add("counters", $"{after.Topic}: what was accepted has changed");
        }

        if (after.Withdrawn > after.Ends[(int)DeliveryEnd.Accepted] || (after.Withdrawn > 0 && after.CancelledAt is null))
        {
            violations.Add("counters", $"{after.Topic}: {after.Withdrawn} are withdrawn");
        }

        if (before.CompletedAt is { } completed && after.CompletedAt != completed)
        {
            violations.Add("counters", $"{after.Topic} was completed already");
        }
    }

    public void Check(NotificationBook book)
    {
        var row = book.Row;
        Span<int> counted = stackalloc int[row.Ends.Length];
        foreach (var outcome in book.Batches.SelectMany(batch => batch.Row.Outcomes))
        {
            counted[(int)DeliveryState.Of(outcome).End]++;
        }

        counted[(int)DeliveryEnd.Pending] = 0;
        if (row is { CursorUpTo: not null, CursorAfter: null })
        {
            // Those who left before their turn came have no place in any batch.
            counted[(int)DeliveryEnd.Cancelled] += row.Total - row.FannedOut;
        }

        if (!counted.SequenceEqual(row.Ends))
        {
            violations.Add("counters", $"{row.Topic} counts {string.Join('/', row.Ends)}, its ledger {string.Join('/', counted.ToArray())}");
        }

        if (row.CursorUpTo is not null && row.FannedOut != book.Recipients.Count)
        {
            violations.Add("cursor complete", $"{row.Topic}: the cursor has passed {row.FannedOut} recipients, and {book.Recipients.Count} are in batches");
        }

        if (row.Pending < 0 || (row.Pending == 0) != (row.CompletedAt is not null))
        {
            violations.Add("counters", $"{row.Topic}: {row.Pending} pending, completed at {row.CompletedAt?.ToString() ?? "no time"}");
        }
    }
}
