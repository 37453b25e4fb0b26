using Pushbell.Simulation.Invariants;
using Pushbell.Simulation.Network;
using Pushbell.Simulation.Scheduling;
using Pushbell.Simulation.Store;
using Pushbell.Simulation.World;

namespace Pushbell.Simulation;

/// <summary>What one seed came to.</summary>
/// <param name="Seed">The same seed is the same execution.</param>
/// <param name="Hash">Of every step; equal for equal executions.</param>
/// <param name="Steps">How many.</param>
/// <param name="Deliveries">How many deliveries were accepted for sending.</param>
/// <param name="PlantedOccasions">How often a planted fault was there to be made.</param>
/// <param name="Violations">Empty when every promise was kept.</param>
/// <param name="Trace">Lines for people, when asked for.</param>
internal sealed record RunResult(
    int Seed,
    ulong Hash,
    long Steps,
    int Deliveries,
    int PlantedOccasions,
    IReadOnlyList<Violation> Violations,
    IReadOnlyList<string> Trace
);

/// <summary>One seed, one execution: the product's real engine in a simulated world, watched after every commit.</summary>
internal static class Simulation
{
    // Many times what the longest honest run takes.
    private const long MostSteps = 3_000_000;

    public static RunResult Run(Template template, int seed, PlantedFault fault = PlantedFault.None, bool keepTrace = false)
    {
        var before = SynchronizationContext.Current;
        try
        {
            return RunHere(template, seed, fault, keepTrace);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static RunResult RunHere(Template template, int seed, PlantedFault fault, bool keepTrace)
    {
        var (dice, trace, violations) = (new Dice(seed), new Trace(keepTrace), new Violations());
        var setup = Setup.Draw(dice);
        trace.Say($"{setup}");
        var scheduler = new Scheduler(dice, trace, violations, setup.Start);
        var plant = new Plant(fault);
        using var store = new SimulatedStore(template, scheduler, dice, trace, plant);
        var network = new SimulatedNetwork(dice);
        var population = new Population(template, network, dice);
        population.Fill(setup.Devices, store.File);

        using var reader = new LedgerReader(store.File.OpenReader());
        var ledger = new Ledger(reader, network, scheduler, setup.Delivery.Retention, trace, violations);
        var copies = new CopyRules(ledger, network, scheduler, setup.Delivery.Lease, violations);
        var parts = new NodeParts(template, setup.Delivery, scheduler, store, network, dice, trace, violations);
        var cluster = new Cluster(parts, copies);
        var tenants = template.Tenants.Take(setup.Devices.Count).ToList();
        var scenario = new Scenario(setup, tenants, parts, cluster, population, ledger);

        foreach (var device in network.Devices)
        {
            ledger.Add(device);
        }

        store.Committed = ledger.Apply;
        network.Sending = copies.CheckSending;
        network.Accepted = copies.CheckAccepted;
        scheduler.NextWork = () => ledger.NextDue is { } due ? scheduler.TicksAt(due) : null;

        scenario.Schedule();
        scheduler.After(setup.Length + TimeSpan.FromTicks(1), scheduler.World, scenario.Calm);
        while (!violations.Any && scheduler.Steps < MostSteps && scheduler.Step()) { }

        if (scheduler.Steps >= MostSteps)
        {
            violations.Add("every end", $"no end after {MostSteps} steps");
        }

        if (!violations.Any)
        {
            EndRules.Check(ledger, reader, tenants.Select(tenant => tenant.Organization), violations);
        }

        return new RunResult(
            seed,
            trace.Hash,
            scheduler.Steps,
            ledger.Notifications.Sum(book => book.Row.Total),
            plant.Occasions,
            violations.ToList(),
            trace.Lines
        );
    }
}
