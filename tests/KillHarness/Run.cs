using Pushbell.KillHarness.Audiences;
using Pushbell.KillHarness.Books;
using Pushbell.KillHarness.Faults;
using Pushbell.KillHarness.Nodes;
using Pushbell.KillHarness.Reports;
using Pushbell.KillHarness.Workloads;

namespace Pushbell.KillHarness;

/// <summary>One installation through many faults, to the end of all it accepted, and the check of its books.</summary>
internal sealed class Run : IAsyncDisposable
{
    private const int RegisteringAtOnce = 8;

    /// <summary>Of a broadcast; so that each one lives through several faults.</summary>
    private const double LargestPartPerFault = 0.4;

    /// <summary>Of a run; afterwards the push services are kind, so that no retry drags on long after the last fault.</summary>
    private const double MoodyPart = 0.5;

    private static readonly TimeSpan ProgressPatience = TimeSpan.FromSeconds(4), EndPatience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5), EndLook = TimeSpan.FromMilliseconds(250);
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly Installation installation;
    private readonly Audience audience;
    private readonly Workload workload;
    private readonly FaultPlan plan;
    private readonly Ledger ledger;
    private readonly Timeline faults = new(Clock);
    private readonly List<Violation> violations = [];
    private Node node;
    private Api? api;
    private int underWork;

    private Run(Installation installation, Audience audience, Random random)
    {
        (this.installation, this.audience) = (installation, audience);
        workload = new Workload(audience, new Random(random.Next()));
        plan = new FaultPlan(new Random(random.Next()), (int)(audience.Devices.Count * LargestPartPerFault));
        ledger = new Ledger(installation);
        node = Node.Start(installation);
    }

    /// <summary>The last lines of the server.</summary>
    public string Output => node.Output;

    public static async Task<Run> StartAsync(NodeProgram program, int registrations, int seed)
    {
        var random = new Random(seed);
        var people = await Audience.StartAsync(registrations, new Random(random.Next()));
        return new Run(new Installation(program, people.PushServices), people, random);
    }

    public async Task<Report> RunAsync(int cycles)
    {
        var start = Clock.GetTimestamp();
        api = new Api { Node = await node.ReadyAsync() };
        await RegisterAsync(api);
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            await CycleAsync(api, plan.Next(), isMoody: cycle < cycles * MoodyPart);
        }

        api.Node = await node.ReadyAsync();
        await workload.FinishAsync(api, EndPatience);
        var snapshot = await EndAsync();
        var evidence = await Evidence.GatherAsync(workload, api, snapshot, audience, faults);
        return await ConcludeAsync(evidence, snapshot) with { Cycles = cycles, Duration = Clock.GetElapsedTime(start) };
    }

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        api?.Dispose();
        await audience.DisposeAsync();
        installation.Dispose();
    }

    private async Task RegisterAsync(Api backend)
    {
        await Parallel.ForEachAsync(
            audience.Devices,
            new ParallelOptions { MaxDegreeOfParallelism = RegisteringAtOnce },
            async (device, _) => await backend.SubscribeAsync(device)
        );
        var ids = await ledger.RegistrationsAsync();
        foreach (var device in audience.Devices)
        {
            device.RegistrationId = ids[device.Subscription.Endpoint];
        }
    }

    private async Task CycleAsync(Api backend, Fault fault, bool isMoody)
    {
        if (fault.Kind == FaultKind.KillAtStart)
        {
            await Task.Delay(fault.Moment, Clock);
            await RestartAsync(fault);
            return;
        }

        backend.Node = await node.ReadyAsync();
        var snapshot = await ledger.ReadAsync();
        violations.AddRange(MoneyChecks.Of(snapshot));
        using var stop = new CancellationTokenSource();
        var posts = audience.Posts;
        var working = Task.Run(() => workload.RunAsync(backend, snapshot.Pending, isMoody, stop.Token));
        await ProgressAsync(posts + fault.Messages);
        await Task.Delay(fault.Moment, Clock);
        underWork += (await ledger.ReadAsync()).Pending > 0 ? 1 : 0;
        await InflictAsync(fault);
        await stop.CancelAsync();
        await working;
        if (fault.Kind == FaultKind.Kill)
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

    private async Task InflictAsync(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Stall:
                await node.StallAsync(fault.Duration);
                faults.Add(fault.Kind);
                break;
            case FaultKind.Lock:
                await using (await installation.LockAsync())
                {
                    await Task.Delay(fault.Duration, Clock);
                }

                faults.Add(fault.Kind);
                break;
            default:
                await RestartAsync(fault);
                break;
        }
    }

    private async Task RestartAsync(Fault fault)
    {
        await node.KillAsync();
        await node.DisposeAsync();
        faults.Add(fault.Kind);
        node = Node.Start(installation);
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

    private async Task<Report> ConcludeAsync(Evidence evidence, Snapshot snapshot)
    {
        var copies = new CopyChecks(evidence);
        violations.AddRange(MoneyChecks.Of(snapshot));
        violations.AddRange(await StatementAsync(snapshot));
        violations.AddRange(SendChecks.Of(evidence));
        violations.AddRange(DeliveryChecks.Of(evidence));
        violations.AddRange(copies.Violations());
        var attempts = evidence.Sends.SelectMany(send => send.Attempts).ToArray();
        return new Report
        {
            Kills = faults.CountOf(FaultKind.Kill, FaultKind.KillAtStart),
            Stalls = faults.CountOf(FaultKind.Stall),
            Locks = faults.CountOf(FaultKind.Lock),
            FaultsUnderWork = underWork,
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
            WorstPerFault = copies.WorstOf(FaultKind.Kill, FaultKind.KillAtStart, FaultKind.Stall),
            WorstPerLock = copies.WorstOf(FaultKind.Lock),
            Lost = violations.Count(violation => violation.Invariant == Invariants.Lost),
            Endless = evidence.Requests.Sum(request => request.Pending),
            CreditDifference = MoneyChecks.Difference(snapshot.Credits),
            Violations = violations,
        };
    }

    /// <summary>What the operator sees must be what the database says.</summary>
    private async Task<IEnumerable<Violation>> StatementAsync(Snapshot snapshot)
    {
        var statement = await installation.CommandAsync("credits", "statement", "--limit", "1");
        long Of(string name) => statement.GetProperty(name).GetInt64();
        var seen = (Of("available"), Of("held"), Of("spent"), Of("topped_up"));
        var credits = snapshot.Credits;
        var known = (credits.Available, credits.Held, credits.Spent, credits.ToppedUp);
        return seen == known && seen.Item4 == Installation.Credits
            ? []
            : [new Violation(Invariants.Credits, $"The operator's statement says {seen}, the database {known}; {Installation.Credits} were topped up.")];
    }
}
