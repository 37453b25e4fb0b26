using Pushbell.LocalPushService;

namespace Pushbell.KillHarness.Audiences;

/// <summary>
/// All the devices and their push services, which live in this process and so survive every fault: what they hold is the truth about
/// what was sent. One push service is calm; the other one throttles, fails, hangs and cuts connections.
/// </summary>
internal sealed class Audience : IAsyncDisposable
{
    private const int DevicesPerPerson = 2;
    private const double MoodyPart = 0.1, GoneFromTheStart = 0.05, GoneLater = 0.005, MovedAtOnce = 0.1;

    private readonly LocalPushServer calm, moody;
    private readonly Random random;

    private Audience(LocalPushServer calm, LocalPushServer moody, int size, Random random)
    {
        (this.calm, this.moody, this.random) = (calm, moody, random);
        var devices = Enumerable.Range(0, size).Select(at => NewDevice(at, isMoody: at / DevicesPerPerson < size * MoodyPart / DevicesPerPerson)).ToArray();
        // Mixed, so that every batch has some of each.
        random.Shuffle(devices);
        Devices = devices;
        Remove((int)(size * GoneFromTheStart));
    }

    public IReadOnlyList<Device> Devices { get; }

    public IEnumerable<Uri> PushServices => [calm.HttpUrl, moody.HttpUrl];

    /// <summary>POSTs that came so far.</summary>
    public long Posts => calm.Counters.Posts + moody.Counters.Posts;

    /// <param name="size">How many devices.</param>
    /// <param name="random">Decides who does what.</param>
    public static async Task<Audience> StartAsync(int size, Random random)
    {
        var one = await StartPushServiceAsync();
        try
        {
            return new Audience(one, await StartPushServiceAsync(), size, random);
        }
        catch
        {
            await one.DisposeAsync();
            throw;
        }
    }

    /// <summary>Some devices leave, and the moods of some others change.</summary>
    public void Stir()
    {
        Remove((int)Math.Ceiling(Devices.Count * GoneLater));
        foreach (var device in Devices.Where(device => device.IsMoody && random.NextDouble() < MovedAtOnce))
        {
            device.Play(Mood.Next(random));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await calm.DisposeAsync();
        await moody.DisposeAsync();
    }

    private static Task<LocalPushServer> StartPushServiceAsync() =>
        LocalPushServer.StartAsync(
            new LocalPushOptions { HttpPort = 0, HttpsPort = 0, MessageServicePort = 0 },
            TimeProvider.System,
            CancellationToken.None
        );

    private Device NewDevice(int at, bool isMoody) =>
        new((isMoody ? moody : calm).CreateSubscription(), $"person{at / DevicesPerPerson}@example.com", isMoody);

    private void Remove(int count)
    {
        foreach (var device in random.GetItems(Devices.ToArray(), count))
        {
            device.Remove();
        }
    }
}
