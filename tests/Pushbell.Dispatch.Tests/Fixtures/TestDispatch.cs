using System.Net;
using System.Security.Cryptography;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;
using Pushbell.LocalPushService;
using Pushbell.Testing;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Tests.Fixtures;

/// <summary>
/// The product on a database of its own, with one organization and one service, sending to a local push service. Everything is real
/// but the clock, which stands still until a test moves it.
/// </summary>
internal sealed class TestDispatch : IAsyncDisposable
{
    private readonly List<DispatchNode> nodes = [];
    private readonly DeliverySettings settings;
    private int seed = 1;

    private TestDispatch(
        TestDatabase files,
        Database database,
        LocalPushServer pushService,
        ManualTimeProvider clock,
        AdjustableClock wallClock,
        DeliverySettings settings
    )
    {
        (Files, Database, PushService, this.settings) = (files, database, pushService, settings);
        (Clock, WallClock) = (clock, wallClock);
        Node = StartNode();
        Seed = new Seed(this);
    }

    public TestDatabase Files { get; }

    /// <summary>The time that passes.</summary>
    public ManualTimeProvider Clock { get; }

    /// <summary>What all clocks show: the same, until a test sets them.</summary>
    public AdjustableClock WallClock { get; }

    public Database Database { get; }

    public MasterKey Master { get; } = new(RandomNumberGenerator.GetBytes(MasterKey.Length));

    public LocalPushServer PushService { get; }

    /// <summary>The first process.</summary>
    public DispatchNode Node { get; }

    public Seed Seed { get; }

    /// <summary>Who sends: the secret key of the first organization.</summary>
    public Caller Caller { get; private set; } = new();

    public static async Task<TestDispatch> StartAsync(DeliverySettings? settings = null, Plan? plan = null, long? credits = null)
    {
        var clock = new ManualTimeProvider();
        var wallClock = new AdjustableClock(clock);
        var files = await TestDatabase.CreateAsync();
        var options = new LocalPushOptions
        {
            HttpPort = 0,
            HttpsPort = 0,
            MessageServicePort = 0,
        };
        var pushService = await LocalPushServer.StartAsync(options, wallClock, CancellationToken.None);
        var dispatch = new TestDispatch(files, await files.OpenAsync(clock), pushService, clock, wallClock, settings ?? new DeliverySettings());
        var keys = await dispatch.Node.FirstStart.RunAsync(new FirstStartValues { Plan = plan ?? Plan.Unlimited, Credits = credits }, CancellationToken.None);
        dispatch.Caller = (await dispatch.Node.Keys.FindAsync(keys!.SecretKey, CancellationToken.None))!;
        return dispatch;
    }

    /// <summary>Another process on the same database.</summary>
    /// <param name="own">How it delivers, when not like the first.</param>
    /// <param name="database">Its own door to the database; the first one's when null.</param>
    /// <param name="master">Its master key, when not the right one.</param>
    /// <param name="trusted">One more origin that it sends to.</param>
    public DispatchNode StartNode(DeliverySettings? own = null, Database? database = null, MasterKey? master = null, string? trusted = null)
    {
        var origin = PushService.HttpUrl.GetLeftPart(UriPartial.Authority);
        var https = new PushRoute(new IPEndPoint(IPAddress.Loopback, PushService.HttpsUrl.Port), PushService.CertificateSha256);
        var options = new PushClientOptions
        {
            TrustedOrigins = new HashSet<string>(StringComparer.Ordinal) { origin, trusted ?? origin },
            Routes = new Dictionary<string, PushRoute>(StringComparer.Ordinal)
            {
                [Device.MozillaHost] = https,
                [Device.WindowsHost] = https,
            },
        };
        var ofNode = seed++;
        var parts = new DispatchParts(database ?? Database, master ?? Master, own ?? settings, options, () => new Random(ofNode));
        var node = new DispatchNode(parts, WallClock);
        nodes.Add(node);
        return node;
    }

    /// <summary>Opens the same database a second time, as another process does.</summary>
    public Task<Database> ReopenAsync() => Files.OpenAsync(Clock);

    /// <summary>The same, waiting no longer than a second for a lock.</summary>
    public Task<Database> ReopenImpatientAsync() => Files.OpenImpatientAsync(Clock);

    /// <summary>Accepts and, when the targets are few, delivers: the whole way of a request.</summary>
    public Task<Notification> SendAsync(Target target, int ttl = NotificationContent.DefaultTtlSeconds, bool queue = false) =>
        SendAsync(Request(target, ttl, queue));

    public async Task<Notification> SendAsync(SendRequest request, DispatchNode? node = null)
    {
        var result = await (node ?? Node).Send.RunAsync(request, CancellationToken.None, CancellationToken.None);
        result.TryGet(out var accepted, out var failure).ShouldBeTrue(failure?.Sentence);
        return accepted!.Notification;
    }

    public Task<AcceptedNotification> AcceptAsync(Target target, int ttl = NotificationContent.DefaultTtlSeconds, bool queue = false) =>
        AcceptAsync(Request(target, ttl, queue));

    public async Task<AcceptedNotification> AcceptAsync(SendRequest request)
    {
        var result = await Node.Accept.RunAsync(request, CancellationToken.None);
        result.TryGet(out var accepted, out var failure).ShouldBeTrue(failure?.Sentence);
        return accepted!;
    }

    public SendRequest Request(Target target, int ttl = NotificationContent.DefaultTtlSeconds, bool queue = false) =>
        new(
            Caller,
            target,
            new NotificationContent
            {
                Title = "Title",
                Body = "Body",
                TtlSeconds = ttl,
            }
        )
        {
            Queue = queue,
        };

    /// <summary>Recalls a notification as its owner does.</summary>
    public async Task<Notification> CancelAsync(long id, Caller? caller = null)
    {
        var result = await Node.Cancel.RunAsync(caller ?? Caller, id, CancellationToken.None);
        result.TryGet(out var notification, out var failure).ShouldBeTrue(failure?.Sentence);
        return notification!;
    }

    /// <summary>What the ledger says of every recipient.</summary>
    public async Task<DeliveryState[]> StatesAsync(long notification)
    {
        var entries = await Node.Deliveries.ListAsync(Caller, notification, only: null, after: null, int.MaxValue, CancellationToken.None);
        return [.. entries.Select(entry => entry.State)];
    }

    public async Task<Notification> NotificationAsync(long id, Caller? caller = null) =>
        (await Node.Notifications.FindAsync(caller ?? Caller, id, CancellationToken.None)).ShouldNotBeNull();

    public Task<T?> ValueAsync<T>(string sql, object? values = null) =>
        Database.ReadAsync(session => session.FirstAsync<T>(sql, values), CancellationToken.None);

    public Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? values = null) =>
        Database.ReadAsync(session => session.ListAsync<T>(sql, values), CancellationToken.None);

    public Task<int> ExecuteAsync(string sql, object? values = null) =>
        Database.WriteAsync(session => session.ExecuteAsync(sql, values), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        await Database.DisposeAsync();
        await PushService.DisposeAsync();
        await Files.DisposeAsync();
    }
}
