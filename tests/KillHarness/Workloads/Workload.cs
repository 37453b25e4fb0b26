using Pushbell.KillHarness.Audiences;

namespace Pushbell.KillHarness.Workloads;

/// <summary>
/// The callers: broadcasts one after another, small sends all the time, and whoever got no answer asks again with his key. It goes on
/// in the background while faults are inflicted.
/// </summary>
internal sealed class Workload(Audience audience, Api api, Random random)
{
    private const int MostInFlight = 8, MostTargets = 20, LongestPauseMilliseconds = 40;
    private const double WithKey = 0.5, AskedTwice = 0.1;

    private static readonly TimeSpan RepeatPause = TimeSpan.FromMilliseconds(300);

    private readonly List<Send> sends = [];
    private readonly List<Task> inFlight = [];

    /// <summary>Everything that was sent in this run, in order.</summary>
    public IReadOnlyList<Send> Sends => sends;

    /// <summary>Starts a broadcast unless there is enough to do, repeats what got no answer, and sends little things until told to stop.</summary>
    /// <param name="pending">Deliveries that have not ended.</param>
    /// <param name="isMoody">Devices leave and push services fail.</param>
    /// <param name="stop">No new calls from then on; those under way take their course.</param>
    public async Task RunAsync(long pending, bool isMoody, CancellationToken stop)
    {
        if (pending < audience.Devices.Count / 3)
        {
            if (isMoody)
            {
                audience.Stir();
            }

            Begin(NewSend(SendKind.Broadcast, audience.Devices));
        }

        Repeat();
        while (!stop.IsCancellationRequested)
        {
            inFlight.RemoveAll(call => call.IsCompleted);
            if (inFlight.Count < MostInFlight)
            {
                Begin(NextSend());
            }

            var pause = TimeSpan.FromMilliseconds(random.Next(1, LongestPauseMilliseconds));
            await Task.Delay(pause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits for the calls under way, which a kill has broken.</summary>
    public async Task EndAsync()
    {
        await Task.WhenAll(inFlight);
        inFlight.Clear();
    }

    /// <summary>Asks again until every send with a key has its answer.</summary>
    public async Task FinishAsync(TimeSpan patience)
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        await EndAsync();
        while (sends.Exists(send => send.IsToBeRepeated) && clock.GetElapsedTime(start) < patience)
        {
            Repeat();
            await EndAsync();
            await Task.Delay(RepeatPause, clock);
        }
    }

    private void Repeat()
    {
        inFlight.AddRange(sends.Where(send => send.IsToBeRepeated || IsAskedTwice(send)).Select(api.SendAsync));
    }

    /// <summary>Some callers repeat what was answered: their answer was lost on the way.</summary>
    private bool IsAskedTwice(Send send) => send is { Key: not null, IsAnswered: true, Attempts.Count: 1 } && random.NextDouble() < AskedTwice;

    private void Begin(Send send)
    {
        sends.Add(send);
        inFlight.Add(api.SendAsync(send));
    }

    private Send NextSend()
    {
        var devices = audience.Devices;
        switch (random.NextDouble())
        {
            case < 0.4:
                return NewSend(SendKind.Few, Few());
            case < 0.6:
                return NewSend(SendKind.FewQueued, Few());
            default:
                // /v1 has no TTL of the caller's: what a moody push service puts off could wait for hours, and the run with it.
                var calm = devices.Where(device => !device.IsMoody).ToArray();
                var email = calm[random.Next(calm.Length)].Email;
                return NewSend(SendKind.Person, [.. devices.Where(device => device.Email == email)]);
        }
    }

    private Device[] Few() => [.. random.GetItems(audience.Devices.ToArray(), random.Next(1, MostTargets)).Distinct()];

    private Send NewSend(SendKind kind, IReadOnlyList<Device> targets)
    {
        var marker = $"{kind}-{sends.Count}";
        return new Send(kind, marker, random.NextDouble() < WithKey ? $"key-{marker}" : null, targets);
    }
}
