namespace Pushbell.Simulation.Invariants;

/// <summary>When all faults are over and time has run on: everything has ended, nothing is held.</summary>
internal static class EndRules
{
    public static void Check(Ledger ledger, LedgerReader reader, IEnumerable<long> organizations, Violations violations)
    {
        foreach (var book in ledger.Notifications.Where(book => !book.IsPruned))
        {
            if (book.Row.Pending != 0 || book.Row.CursorAfter is not null)
            {
                violations.Add("every end", $"{book.Row.Topic}: {book.Row.Pending} deliveries have never ended");
            }

            foreach (var batch in book.Batches.Where(batch => batch.Row.DueAt is not null))
            {
                violations.Add("every end", $"{book.Row.Topic}/{batch.Row.Key.Number} is still due");
            }
        }

        foreach (var organization in organizations)
        {
            if (reader.Credits(organization).Held != 0)
            {
                violations.Add("every end", $"{reader.Credits(organization).Held} credits are still held");
            }
        }

        if (reader.ToWithdraw() > 0)
        {
            violations.Add("every end", "there are recalled messages that nobody withdraws");
        }

        if (reader.Miscounted() > 0)
        {
            violations.Add("active count", "a service's count of active registrations is not their number");
        }
    }
}
