using Pushbell.Dispatch;
using Pushbell.Simulation.Scheduling;

namespace Pushbell.Simulation.World;

/// <summary>How large a run is and how hard it is made, drawn from its seed before anything happens.</summary>
internal sealed record Setup
{
    public required DateTimeOffset Start { get; init; }

    /// <summary>How long clients send and faults strike; then everything has to come to its end.</summary>
    public required TimeSpan Length { get; init; }

    public required int Nodes { get; init; }

    public required DeliverySettings Delivery { get; init; }

    /// <summary>Devices of each organization.</summary>
    public required IReadOnlyList<int> Devices { get; init; }

    public required int Sends { get; init; }

    public required int Recalls { get; init; }

    public required int Kills { get; init; }

    public required int Stops { get; init; }

    public required int Stalls { get; init; }

    public required int ClockJumps { get; init; }

    public required int Outages { get; init; }

    public required int WeatherChanges { get; init; }

    public required int Departures { get; init; }

    public required int Arrivals { get; init; }

    public required double StoreFaultRate { get; init; }

    public required double StorePauseRate { get; init; }

    public static Setup Draw(Dice dice) =>
        new()
        {
            // Near the end of an hour now and then, so that quota windows turn.
            Start = new DateTimeOffset(2026, 3, 10, 14, 0, 0, TimeSpan.Zero) + dice.Between(TimeSpan.Zero, TimeSpan.FromMinutes(60)),
            Length = dice.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(40)),
            Nodes = dice.Below(10) switch
            {
                < 4 => 1,
                < 8 => 2,
                _ => 3,
            },
            Delivery = new DeliverySettings
            {
                Lease = TimeSpan.FromSeconds(dice.Chance(0.7) ? 10 : dice.Between(4, 30)),
                Window = dice.Chance(0.5) ? 128 : dice.Between(1, 40),
                Workers = dice.Between(1, 2),
            },
            Devices = [.. Enumerable.Range(0, dice.Between(1, 3)).Select(_ => DrawDevices(dice))],
            Sends = dice.Between(1, 10),
            Recalls = dice.Chance(0.4) ? dice.Between(1, 3) : 0,
            Kills = dice.Chance(0.5) ? dice.Between(1, 3) : 0,
            Stops = dice.Chance(0.2) ? 1 : 0,
            Stalls = dice.Chance(0.4) ? dice.Between(1, 3) : 0,
            ClockJumps = dice.Chance(0.2) ? dice.Between(1, 2) : 0,
            Outages = dice.Chance(0.3) ? dice.Between(1, 2) : 0,
            WeatherChanges = dice.Chance(0.7) ? dice.Between(1, 6) : 0,
            Departures = dice.Between(0, 6),
            Arrivals = dice.Between(0, 3),
            StoreFaultRate = dice.Chance(0.4) ? 0.02 * dice.Between(1, 100) / 100 : 0,
            StorePauseRate = dice.Chance(0.8) ? dice.Between(1, 50) / 100.0 : 0,
        };

    /// <summary>Mostly a few; at times enough for a broadcast's cursor; seldom enough for a second range of it.</summary>
    private static int DrawDevices(Dice dice) =>
        dice.Below(100) switch
        {
            < 84 => dice.Between(1, 20),
            < 99 => dice.Between(101, 115),
            _ => dice.Between(501, 520),
        };
}
