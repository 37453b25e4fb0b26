using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Simulation.Network;
using Pushbell.Simulation.Scheduling;
using Pushbell.Simulation.Store;
using Pushbell.WebPush;

namespace Pushbell.Simulation.World;

/// <summary>Draws what clients ask for: every kind of target, in the request or queued, short and long to live.</summary>
internal sealed class Requests(SimulatedNetwork network, Population population, Scheduler scheduler, Dice dice)
{
    private static readonly int[] TimesToLive = [0, 3, 20, 60, 300, 3600, 86_400];
    private int count;

    public ClientSend Next(Tenant tenant)
    {
        var topic = $"s{++count}";
        var content = new NotificationContent
        {
            Title = topic,
            Body = "simulated",
            TtlSeconds = dice.Pick(TimesToLive),
            Topic = PushTopic.TryParse(topic, out var parsed) ? parsed : null,
        };
        var target = DrawTarget(tenant);
        return new ClientSend(
            tenant,
            new SendRequest(Clients.CallerOf(tenant, isService: dice.Chance(0.1)), target, content)
            {
                Queue = dice.Chance(0.4),
                SendAt = dice.Chance(0.1) ? scheduler.WallClock + dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(30)) : null,
                DryRun = dice.Chance(0.03),
                Once = dice.Chance(0.3) ? new IdempotencyKey($"key-{topic}", topic) : null,
                NobodySentence = target is Target.Emails ? "Nobody." : null,
            },
            topic
        );
    }

    private Target DrawTarget(Tenant tenant) =>
        dice.Below(10) switch
        {
            < 5 => new Target.Everyone(),
            < 7 => new Target.Emails([Population.EmailOf(population.AnyPerson()), Population.EmailOf(population.AnyPerson())]),
            < 8 => new Target.UserIds([Population.UserOf(population.AnyPerson())]),
            _ => new Target.RegistrationIds([.. DrawDevices(tenant).Select(device => PublicId.Registration(device.Id)), PublicId.Registration(long.MaxValue)]),
        };

    private List<Device> DrawDevices(Tenant tenant)
    {
        var all = network.Devices.Where(device => device.Tenant == tenant && device.Id != 0).ToList();
        return [.. Enumerable.Range(0, dice.Between(1, 20)).Select(_ => dice.Pick(all))];
    }
}
