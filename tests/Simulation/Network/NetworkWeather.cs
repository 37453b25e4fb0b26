using Pushbell.Simulation.Scheduling;

namespace Pushbell.Simulation.Network;

internal enum Climate
{
    /// <summary>Everything is taken; what is gone is said to be gone.</summary>
    Calm,

    /// <summary>A little of everything.</summary>
    Rough,

    /// <summary>Most is put off with 429 or 503.</summary>
    Throttling,

    /// <summary>Connections are refused or break, some after the message was taken.</summary>
    Broken,

    /// <summary>Answers come late, many of them later than anybody waits.</summary>
    Slow,
}

/// <summary>How one push service behaves at the moment. Every answer is drawn from the seed.</summary>
internal sealed class NetworkWeather(Dice dice)
{
    private static readonly int[] Rejections = [400, 401, 403, 413];
    private static readonly string?[] RetryAfters = [null, "1", "5", "30", "120", "-3", "soon", "Thu, 01 Jan 2026 00:00:00 GMT", "99999999999"];

    public Climate Climate { get; set; }

    public Answer Next(Device device)
    {
        if (device.IsGone)
        {
            return Refusal(dice.Chance(0.5) ? 410 : 404);
        }

        return Climate switch
        {
            Climate.Throttling when dice.Chance(0.7) => Throttled(),
            Climate.Broken when dice.Chance(0.7) => Broken(),
            Climate.Slow when dice.Chance(0.5) => Late(),
            Climate.Rough => dice.Below(12) switch
            {
                0 => Throttled(),
                1 or 2 => Broken(),
                3 => Late(),
                4 => Refusal(dice.Pick(Rejections)),
                5 => Refusal(500),
                6 => new Answer(IsAccepted: true, 502, Soon()),
                _ => Taken(),
            },
            _ => Taken(),
        };
    }

    public Answer NextWithdrawal() =>
        Climate switch
        {
            Climate.Broken when dice.Chance(0.7) => Broken() with { IsAccepted = false },
            Climate.Rough when dice.Chance(0.4) => Refusal(dice.Pick([404, 429, 500])),
            _ => new Answer(IsAccepted: false, 204, Soon()),
        };

    private Answer Taken() =>
        new(IsAccepted: true, 201, Soon()) { Location = dice.Chance(0.3) ? $"/message/{dice.Below(1_000_000)}" : null };

    private Answer Refusal(int status) => new(IsAccepted: false, status, Soon()) { Body = """{"errno":100,"message":"simulated"}""" };

    private Answer Throttled() => Refusal(dice.Chance(0.5) ? 429 : 503) with { RetryAfter = dice.Pick(RetryAfters) };

    /// <summary>Refused, broken before or after the message arrived, or silence.</summary>
    private Answer Broken() => new(IsAccepted: dice.Chance(0.4), Status: null, dice.Chance(0.8) ? Soon() : null);

    /// <summary>Later than a lease, perhaps later than an attempt may take.</summary>
    private Answer Late() => new(IsAccepted: true, 201, dice.Between(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20)));

    private TimeSpan Soon() =>
        dice.Chance(0.9)
            ? dice.Between(TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(120))
            : dice.Between(TimeSpan.FromMilliseconds(120), TimeSpan.FromSeconds(3));
}
