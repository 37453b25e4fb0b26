using System.Globalization;
using Pushbell.KillHarness.Books;

namespace Pushbell.KillHarness.Reports;

/// <summary>Reports for people.</summary>
internal static class Table
{
    private const int ShownPerInvariant = 5;

    /// <summary>One line of progress.</summary>
    public static string Line(Report run) =>
        $"{run.Cycles} faults ({run.Kills} kills, {run.Stalls} stalls, {run.Outages} outages), {run.Sends} sends, {Number(run.Deliveries)} deliveries, "
        + $"{run.ExtraCopies} extra copies, worst {run.WorstPerNode} per node killed or stalled and {run.WorstPerOutage} per outage, {run.Lost} lost, {run.Endless} without an end, {Seconds(run.Duration)}";

    /// <summary>The closing table.</summary>
    public static string Of(Report report)
    {
        var rows = new (string Name, string Value)[]
        {
            ("cycles", Number(report.Cycles)),
            ("kills", Number(report.Kills)),
            ("stalls", Number(report.Stalls)),
            ("outages of the database", Number(report.Outages)),
            ("faults while deliveries were pending", Number(report.FaultsUnderWork)),
            ("sends", Number(report.Sends)),
            ("calls broken, repeated, answered 5xx", $"{Number(report.BrokenCalls)}, {Number(report.RepeatedCalls)}, {Number(report.ServerErrors)}"),
            ("deliveries", Number(report.Deliveries)),
            ("accepted", Number(report.Accepted)),
            ("copies", Number(report.Copies)),
            ("extra copies", Number(report.ExtraCopies)),
            ("… of ambiguous attempts", Number(report.AmbiguousCopies)),
            ("… of leases that lapsed by themselves", Number(report.UnprovokedCopies)),
            ("most extra copies per killed or stalled node", Number(report.WorstPerNode)),
            ("most extra copies of one outage", Number(report.WorstPerOutage)),
            ("lost", Number(report.Lost)),
            ("without an end", Number(report.Endless)),
            ("credit difference", Number(report.CreditDifference)),
            ("duration", Seconds(report.Duration)),
        };
        return string.Join('\n', rows.Select(row => $"{row.Name,-44}{row.Value,16}"));
    }

    /// <summary>What went wrong, a few sentences for each invariant.</summary>
    public static string Of(IReadOnlyList<Violation> violations) =>
        string.Join(
            '\n',
            violations
                .GroupBy(violation => violation.Invariant)
                .SelectMany(group =>
                    group
                        .Take(ShownPerInvariant)
                        .Select(violation => $"  {violation.Sentence}")
                        .Prepend($"VIOLATED: {group.Key} ({group.Count()} times)")
                )
        );

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:F0} s";
}
