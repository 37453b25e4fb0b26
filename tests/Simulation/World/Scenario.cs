using Pushbell.Dispatch.Storage;
using Pushbell.Simulation.Invariants;
using Pushbell.Simulation.Network;
using Pushbell.Simulation.Scheduling;
using Pushbell.Simulation.Store;

namespace Pushbell.Simulation.World;

/// <summary>What happens to the product in the course of a run, and when: all of it drawn before the first step.</summary>
internal sealed class Scenario(
    Setup setup,
    IReadOnlyList<Tenant> tenants,
    NodeParts parts,
    Cluster cluster,
    Population population,
    Ledger ledger
)
{
    private static readonly TimeSpan[] Jumps = [TimeSpan.FromHours(1), TimeSpan.FromDays(365), TimeSpan.FromSeconds(15)];
    private readonly Dice dice = parts.Dice;
    private readonly Clients clients = new(ledger, parts.Scheduler, parts.Trace, parts.Violations);
    private readonly Requests requests = new(parts.Network, population, parts.Scheduler, parts.Dice);

    public void Schedule()
    {
        for (var count = 0; count < setup.Nodes; count++)
        {
            cluster.Start();
        }

        parts.Store.Weather.FaultRate = setup.StoreFaultRate;
        parts.Store.Weather.PauseRate = setup.StorePauseRate;
        Sometime(setup.Sends, Send);
        Sometime(setup.Recalls, Recall);
        Sometime(setup.Departures, Depart);
        Sometime(setup.Arrivals, Arrive);
        Sometime(setup.Kills, KillSoon);
        Sometime(setup.Stops, () => OnNode(cluster.Stop));
        Sometime(setup.Stalls, StallSoon);
        Sometime(setup.ClockJumps, JumpClock);
        Sometime(setup.Outages, BreakStore);
        Sometime(setup.WeatherChanges, ChangeWeather);
    }

    /// <summary>All faults are over; somebody is there to finish the work.</summary>
    public void Calm()
    {
        parts.Trace.Say($"all faults end");
        parts.Store.Weather.FaultRate = 0;
        parts.Store.Weather.IsOut = false;
        foreach (var weather in parts.Network.Origins.Values)
        {
            weather.Climate = Climate.Calm;
        }

        foreach (var process in cluster.Alive)
        {
            process.Fate = null;
            cluster.Resume(process);
        }

        if (cluster.Up.Count == 0)
        {
            cluster.Start();
        }
    }

    private void Sometime(int times, Action what)
    {
        for (var count = 0; count < times; count++)
        {
            parts.Scheduler.After(dice.Between(TimeSpan.Zero, setup.Length), parts.Scheduler.World, what);
        }
    }

    private void OnNode(Action<Node> what)
    {
        if (cluster.Up is { Count: > 0 } up)
        {
            what(dice.Pick(up));
        }
    }

    private void Send() => OnNode(node => Send(node, requests.Next(dice.Pick(tenants))));

    private void Send(Node node, ClientSend send)
    {
        parts.Trace.Say($"{node.Process.Name} is asked to send {send.Topic}: {send.Request.Target.GetType().Name}, ttl {send.Request.Content.TtlSeconds}, queue: {send.Request.Queue}");
        node.Process.Begin(() => clients.SendAsync(node, send));
        if (send.Request.Once is not null && dice.Chance(0.5))
        {
            // The client has lost patience, or the answer.
            parts.Scheduler.After(
                dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(20)),
                parts.Scheduler.World,
                () => OnNode(other => Send(other, send))
            );
        }
    }

    private void Recall()
    {
        if (ledger.Notifications.Where(book => book.Row.Pending > 0 || dice.Chance(0.2)).ToList() is { Count: > 0 } books)
        {
            var row = dice.Pick(books).Row;
            OnNode(node => node.Process.Begin(() => clients.RecallAsync(node, row)));
        }
    }

    private void Depart()
    {
        var device = dice.Pick([.. parts.Network.Devices.Where(device => device.Id != 0)]);
        OnNode(node => node.Process.Begin(() => DepartAsync(node, device)));
    }

    private async Task DepartAsync(Node node, Device device)
    {
        device.Changed = true;
        try
        {
            await node.End.DeregisterAsync(Clients.CallerOf(device.Tenant, isService: false), device.Id, null, CancellationToken.None);
            device.DeregisteredAt = device.HasArrived ? null : ledger.Commits;
            parts.Trace.Say($"{device.Path} is deregistered");
        }
        catch (StorageOutageException)
        {
            // Then it stays.
        }
    }

    /// <summary>A new browser, or one that comes back.</summary>
    private void Arrive()
    {
        var device = dice.Chance(0.5) ? population.NewDevice(dice.Pick(tenants)) : dice.Pick([.. parts.Network.Devices]);
        OnNode(node => node.Process.Begin(() => ArriveAsync(node, device)));
    }

    private async Task ArriveAsync(Node node, Device device)
    {
        device.Changed = true;
        device.HasArrived = true;
        device.DeregisteredAt = null;
        var registration = new Dispatch.Registrations.NewRegistration(
            Clients.CallerOf(device.Tenant, isService: false),
            Population.SubscriptionOf(device)
        )
        {
            UserId = device.UserId,
            Email = device.Email,
        };
        try
        {
            var registered = await node.Register.RunAsync(registration, CancellationToken.None);
            device.Id = registered.Value!.RegistrationId;
            parts.Trace.Say($"{device.Path} is registered");
        }
        catch (StorageOutageException)
        {
            // Then it does not.
        }
    }

    private void KillSoon()
    {
        OnNode(node => node.Process.Fate = (dice.Below(400), () => cluster.Kill(node.Process)));
        parts.Scheduler.After(dice.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)), parts.Scheduler.World, cluster.Start);
    }

    private void StallSoon()
    {
        var time = dice.Between(TimeSpan.FromMilliseconds(100), setup.Delivery.Lease * 3);
        OnNode(node => node.Process.Fate = (dice.Below(200), () => cluster.Stall(node.Process, time)));
    }

    private void JumpClock()
    {
        var by = dice.Pick(Jumps) * (dice.Chance(0.5) ? 1 : -1);
        parts.Trace.Say($"the clock jumps by {by}");
        parts.Scheduler.JumpWallClock(by);
        foreach (var process in cluster.Alive)
        {
            process.Disturb();
        }
    }

    private void BreakStore()
    {
        parts.Trace.Say($"the store goes away");
        parts.Store.Weather.IsOut = true;
        parts.Scheduler.After(
            dice.Between(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(25)),
            parts.Scheduler.World,
            () =>
            {
                parts.Trace.Say($"the store is back");
                parts.Store.Weather.IsOut = false;
            }
        );
    }

    private void ChangeWeather()
    {
        var (origin, weather) = dice.Pick([.. parts.Network.Origins]);
        weather.Climate = dice.Pick(Enum.GetValues<Climate>());
        parts.Trace.Say($"the weather at {origin} is {weather.Climate}");
    }
}
