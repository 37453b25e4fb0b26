using Pushbell.LocalPushService.Faults;

namespace Pushbell.KillHarness.Audiences;

/// <summary>What push services do besides accepting.</summary>
internal static class Mood
{
    private static readonly ScriptedAnswer
        Throttled = new() { Status = 429, RetryAfter = "1" },
        Unavailable = new() { Status = 503 },
        UnavailableForASecond = new() { Status = 503, RetryAfter = "1" },
        ServerError = new() { Status = 500 },
        Refused = new() { Status = 400 },
        Cut = new() { Fault = Fault.Reset },
        TakenAndCut = new() { Fault = Fault.Reset, Deliver = true },
        Hangs = new() { Fault = Fault.Hang },
        HangsAfterTaking = new() { Fault = Fault.HangInBody };

    private static readonly ScriptedAnswer[][] All =
    [
        [Throttled],
        [Unavailable],
        [ServerError],
        [UnavailableForASecond, UnavailableForASecond, UnavailableForASecond],
        [Refused],
        [Cut],
        [TakenAndCut],
        [TakenAndCut],
        [Hangs],
        [HangsAfterTaking],
    ];

    public static ScriptedAnswer[] Next(Random random) => All[random.Next(All.Length)];
}
