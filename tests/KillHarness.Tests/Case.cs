using Pushbell.KillHarness.Audiences;
using Pushbell.KillHarness.Books;
using Pushbell.KillHarness.Faults;
using Pushbell.KillHarness.Nodes;
using Pushbell.KillHarness.Workloads;
using Pushbell.LocalPushService;
using Pushbell.Testing;

namespace Pushbell.KillHarness.Tests;

/// <summary>A run that was in order: one send to some devices, each of which has its copy. Tests spoil one thing of it.</summary>
internal sealed class Case : IAsyncDisposable
{
    private readonly LocalPushServer pushService;

    private Case(LocalPushServer pushService, int devices)
    {
        this.pushService = pushService;
        Devices = [.. Enumerable.Range(0, devices).Select(NewDevice)];
        Send = new Send(SendKind.Few, "send", "key", Devices);
        Send.Add(new Attempt(200, "req_1", ""));
        Request = new Request("req_1", "send", devices, 0, Outcomes(accepted: devices), Devices.ToDictionary(device => device.RegistrationId, _ => "accepted"));
        Faults = new Timeline();
        Arrive();
    }

    public ManualTimeProvider Clock { get; } = new();

    public IReadOnlyList<Device> Devices { get; }

    public Device Device => Devices[0];

    public Send Send { get; set; }

    public Request Request { get; set; }

    public Copies Copies { get; } = new();

    public Timeline Faults { get; }

    public Evidence Evidence => Of(Request);

    public static async Task<Case> StartAsync(int devices = 1) =>
        new(
            await LocalPushServer.StartAsync(
                new LocalPushOptions { HttpPort = 0, HttpsPort = 0, MessageServicePort = 0 },
                TimeProvider.System,
                CancellationToken.None
            ),
            devices
        );

    public static Dictionary<string, int> Outcomes(int accepted = 0, int gone = 0, int expired = 0) =>
        new() { ["accepted"] = accepted, ["gone"] = gone, ["rejected"] = 0, ["expired"] = expired, ["cancelled"] = 0 };

    /// <summary>The same with other requests.</summary>
    public Evidence Of(params IReadOnlyList<Request> requests) => new([Send], requests, Devices, Copies, Faults, nodes: 1);

    /// <summary>One more copy for everybody, and a second goes by.</summary>
    public void Arrive()
    {
        foreach (var device in Devices)
        {
            Copies.Add(Send.Marker, device.RegistrationId, Clock.GetUtcNow());
        }

        Clock.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>A fault that is over, and a second goes by.</summary>
    /// <param name="kind">What.</param>
    /// <param name="limit">So many extra copies it explains.</param>
    public void Suffer(FaultKind kind, int limit = Installation.Window)
    {
        Faults.Add(new PastFault(FaultOf(kind, nodes: 1), Clock.GetUtcNow(), Clock.GetUtcNow(), Away: TimeSpan.Zero, limit));
        Clock.Advance(TimeSpan.FromSeconds(1));
    }

    public static Fault FaultOf(FaultKind kind, int nodes) =>
        new(kind, [.. Enumerable.Range(0, nodes)], Messages: 0, Moment: TimeSpan.Zero, Stall: TimeSpan.Zero, Outage: TimeSpan.Zero);

    public ValueTask DisposeAsync() => pushService.DisposeAsync();

    private Device NewDevice(int at) =>
        new(pushService.CreateSubscription(), "person@example.com", isMoody: false) { RegistrationId = $"reg_{at}" };
}
