using Pushbell.KillHarness.Audiences;
using Pushbell.KillHarness.Books;
using Pushbell.KillHarness.Faults;
using Pushbell.KillHarness.Nodes;
using Pushbell.KillHarness.Reports;
using Pushbell.KillHarness.Workloads;

namespace Pushbell.KillHarness;

/// <summary>One installation through many faults, to the end of all that it accepted, and the check of its books.</summary>
internal sealed class Run : IAsyncDisposable
{
    private const int RegisteringAtOnce = 8;

    /// <summary>Of a broadcast, so that each one lives through several faults.</summary>
    private const double LargestPartPerFault = 0.4;

    /// <summary>Of a run; afterwards the push services are kind, so that no retry drags on long after the last fault.</summary>
    private const double MoodyPart = 0.5;

    private static readonly TimeSpan ProgressPatience = TimeSpan.FromSeconds(4), EndPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5), EndLook = TimeSpan.FromMilliseconds(250);
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly Installation installation;
    private readonly Cluster cluster;
    private readonly Audience audience;
    private readonly Workload workload;
    private readonly FaultPlan plan;
    private readonly Injector injector;
    private readonly Ledger ledger;
    private readonly Api api = new();
    private readonly List<Violation> violations = [];
    private int underWork;

    private Run(Options options, Installation installation, Audience audience, Random random)
    {
        (this.installation, this.audience) = (installation, audience);
        cluster = new Cluster(installation, Cluster.Roles(options.Nodes, divided: random.Next(2) == 0));
        workload = new Workload(audience, api, new Random(random.Next()));
        var mostMessages = (int)(audience.Devices.Count * LargestPartPerFault);
        plan = new FaultPlan(installation, cluster, new Random(random.Next()), mostMessages, options.Only);
        injector = new Injector(installation, cluster, Clock);
        ledger = new Ledger(installation);
    }

    /// <summary>The last lines of the nodes.</summary>
    public string Output => cluster.Output;

    /// <param name="options">Which server, on which database, for how many devices.</param>
    /// <param name="seed">Decides what is random.</param>
    public static async Task<Run> StartAsync(Options options, int seed)
    {
        var program = options.Broken ? NodeProgram.AcknowledgesBeforeSending : NodeProgram.Pushbell;
        var random = new Random(seed);
        var people = await Audience.StartAsync(options.Registrations, new Random(random.Next()));
        try
        {
            return new Run(options, await Installation.StartAsync(program, options, people.PushServices), people, random);
        }
        catch
        {
            await people.DisposeAsync();
            throw;
        }
    }

    /// <param name="cycles">How many faults to inflict.</param>
    public async Task<Report> RunAsync(int cycles)
    {
        var start = Clock.GetTimestamp();
        await RegisterAsync();
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            await CycleAsync(plan.Next(), isMoody: cycle < cycles * MoodyPart);
        }

        await FindNodesAsync();
        await workload.FinishAsync(EndPatience);
        var snapshot = await EndAsync();
        var evidence = await Evidence.GatherAsync(workload, api, snapshot, audience, injector.Timeline, cluster.Count);
        var report = await Conclusion.OfAsync(evidence, snapshot, installation, [.. violations, .. cluster.Violations]);
        return report with { FaultsUnderWork = underWork, Duration = Clock.GetElapsedTime(start) };
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        api.Dispose();
        await audience.DisposeAsync();
        await installation.DisposeAsync();
    }

    private async Task FindNodesAsync() => api.Nodes = await cluster.ReadyAsync();

    private async Task RegisterAsync()
    {
        await FindNodesAsync();
        await Parallel.ForEachAsync(
            audience.Devices,
            new ParallelOptions { MaxDegreeOfParallelism = RegisteringAtOnce },
            async (device, _) => await api.SubscribeAsync(device)
        );
        var ids = await ledger.RegistrationsAsync();
        foreach (var device in audience.Devices)
        {
            device.RegistrationId = ids[device.Subscription.Endpoint];
        }
    }

    private async Task CycleAsync(Fault fault, bool isMoody)
    {
        if (fault.Kind == FaultKind.KillAtStart)
        {
            await Task.Delay(fault.Moment, Clock);
            await injector.InflictAsync(fault);
            return;
        }

        await FindNodesAsync();
        var snapshot = await ledger.ReadAsync();
        violations.AddRange(MoneyChecks.Of(snapshot));
        using var stop = new CancellationTokenSource();
        var enough = audience.Posts + fault.Messages;
        var working = Task.Run(() => workload.RunAsync(snapshot.Pending, isMoody, stop.Token));
        await ProgressAsync(enough);
        await Task.Delay(fault.Moment, Clock);
        underWork += (await ledger.ReadAsync()).Pending > 0 ? 1 : 0;
        await injector.InflictAsync(fault);
        await stop.CancelAsync();
        await working;
        if (fault.Kills && fault.Nodes.Count == cluster.Count)
        {
            await workload.EndAsync();
        }
    }

    private async Task ProgressAsync(long posts)
    {
        var start = Clock.GetTimestamp();
        while (audience.Posts < posts && Clock.GetElapsedTime(start) < ProgressPatience)
        {
            await Task.Delay(Look, Clock);
        }
    }

    /// <summary>Waits until nothing is pending.</summary>
    private async Task<Snapshot> EndAsync()
    {
        var start = Clock.GetTimestamp();
        while (true)
        {
            var snapshot = await ledger.ReadAsync();
            if (snapshot.Pending == 0 || Clock.GetElapsedTime(start) > EndPatience)
            {
                return snapshot;
            }

            await Task.Delay(EndLook, Clock);
        }
    }
}
