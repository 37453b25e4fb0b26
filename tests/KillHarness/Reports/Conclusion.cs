using Pushbell.KillHarness.Books;
using Pushbell.KillHarness.Nodes;

namespace Pushbell.KillHarness.Reports;

/// <summary>Checks the books of a run that is over, and puts its figures together.</summary>
internal static class Conclusion
{
    /// <param name="evidence">What was asked, said and sent.</param>
    /// <param name="snapshot">The last state of the database.</param>
    /// <param name="installation">Whose.</param>
    /// <param name="earlier">What was found wrong on the way.</param>
    public static async Task<Report> OfAsync(Evidence evidence, Snapshot snapshot, Installation installation, IEnumerable<Violation> earlier)
    {
        var copies = new CopyChecks(evidence);
        Violation[] violations =
        [
            .. earlier,
            .. MoneyChecks.Of(snapshot),
            .. await StatementAsync(snapshot, installation),
            .. SendChecks.Of(evidence),
            .. DeliveryChecks.Of(evidence),
            .. copies.Violations(),
        ];
        var attempts = evidence.Sends.SelectMany(send => send.Attempts).ToArray();
        var faults = evidence.Faults;
        return new Report
        {
            Cycles = faults.Count,
            Kills = faults.CountOf(fault => fault.Kills),
            Stalls = faults.CountOf(fault => fault.Stalls),
            Outages = faults.CountOf(fault => fault.HasOutage),
            Sends = evidence.Sends.Count,
            BrokenCalls = attempts.Count(attempt => attempt.Status is null),
            ServerErrors = attempts.Count(attempt => attempt.Status >= 500),
            RepeatedCalls = attempts.Length - evidence.Sends.Count,
            Deliveries = evidence.Requests.Sum(request => (long)request.TotalTargets),
            Accepted = snapshot.Notifications.Sum(notification => (long)notification.Accepted),
            Copies = evidence.Copies.Total,
            ExtraCopies = copies.Total,
            AmbiguousCopies = copies.Ambiguous,
            UnprovokedCopies = copies.Unprovoked,
            WorstPerNode = copies.WorstPerNode(fault => !fault.HasOutage),
            WorstPerOutage = copies.WorstOf(fault => fault.HasOutage),
            Lost = violations.Count(violation => violation.Invariant == Invariants.Lost),
            Endless = evidence.Requests.Sum(request => request.Pending),
            CreditDifference = MoneyChecks.Difference(snapshot.Credits),
            Violations = violations,
        };
    }

    /// <summary>What the operator sees must be what the database says.</summary>
    private static async Task<IEnumerable<Violation>> StatementAsync(Snapshot snapshot, Installation installation)
    {
        var statement = await installation.CommandAsync("credits", "statement", "--limit", "1");
        long Of(string name) => statement.GetProperty(name).GetInt64();
        var seen = (Of("available"), Of("held"), Of("spent"), Of("topped_up"));
        var credits = snapshot.Credits;
        var known = (credits.Available, credits.Held, credits.Spent, credits.ToppedUp);
        return seen == known && credits.ToppedUp == Installation.Credits
            ? []
            : [new Violation(Invariants.Credits, $"The operator's statement says {seen}, the database {known}; {Installation.Credits} were topped up.")];
    }
}
