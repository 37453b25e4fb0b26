using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;
using Pushbell.WebPush;

namespace Pushbell.Server.Tests.Faults;

/// <summary>What is changed while a broadcast is under way.</summary>
public sealed class RaceTests
{
    // So few deliveries at once make a broadcast slow enough to be caught in the middle.
    private static readonly (string, string)[] Slow = [("Pushbell:Delivery:Window", "4"), ("Pushbell:Delivery:Workers", "1")];

    [Fact]
    public async Task Deregister_BeforeItsRangeIsClaimed_SendsItNothing()
    {
        await using var server = await RunningServer.StartAsync(settings: Slow);
        var (api, crowd) = (new Api(server), await server.RegisterCrowdAsync(540));
        var request = await BroadcastAsync(api, crowd);

        for (var id = 511; id <= 530; id++)
        {
            (await api.DeleteAsync("/clients/" + PublicId.Registration(id))).Status.ShouldBe(200);
        }

        (await server.ValueAsync<int>("SELECT count(*) FROM batch")).ShouldBe(1, "their range has not been claimed yet");
        var completed = await api.CompletedAsync(request);
        completed.Json.GetProperty("outcomes").GetProperty("cancelled").GetInt32().ShouldBe(20);
        completed.Number("successful_sends").ShouldBe(520);
        crowd.Take(510..530).ShouldAllBe(browser => browser.MessageCount == 0);
        crowd.Take(510).ShouldAllBe(browser => browser.MessageCount == 1);
    }

    [Fact]
    public async Task Rotate_DuringABroadcast_KeepsSigningWithTheKeyThatEachWasMadeWith()
    {
        await using var server = await RunningServer.StartAsync(settings: Slow);
        var (api, crowd) = (new Api(server), await server.RegisterCrowdAsync(200));
        var old = await CurrentKeyAsync(server);
        var request = await BroadcastAsync(api, crowd);

        await RotateAsync(server);
        var current = await CurrentKeyAsync(server);
        current.ShouldNotBe(old);
        var newcomer = await server.RegisterAsync(userId: "newcomer");
        await api.CompletedAsync(request);
        (await api.SendAsync([newcomer])).Number("successful_sends").ShouldBe(1);

        crowd.ShouldAllBe(browser => browser.MessageCount == 1);
        crowd.ShouldAllBe(browser => KeyOf(browser) == old);
        KeyOf(newcomer.Subscription).ShouldBe(current);
    }

    /// <summary>Returns once some have theirs and many have not.</summary>
    private static async Task<string> BroadcastAsync(Api api, IReadOnlyList<VirtualSubscription> crowd)
    {
        var request = (await api.PostAsync("/broadcast", new { title = "T", body = "B" })).Text("request_id")!;
        await Eventually.HoldsAsync(() => Task.FromResult(crowd.Any(browser => browser.MessageCount > 0)));
        return request;
    }

    /// <summary>There is no command for it yet: another pair becomes the current one.</summary>
    private static Task RotateAsync(RunningServer server)
    {
        var vapid = server.Services.GetRequiredService<VapidKeyStore>();
        return server.Database.WriteAsync(
            async session =>
            {
                var organization = await session.FirstAsync<long>("SELECT organization_id FROM service");
                var service = await session.FirstAsync<long>("SELECT id FROM service");
                await session.ExecuteAsync("UPDATE vapid_key SET is_current = 0");
                await vapid.AddAsync(session, organization, service, id: long.MaxValue, VapidKeys.Generate(), now: 0);
            },
            CancellationToken.None
        );
    }

    private static async Task<string> CurrentKeyAsync(RunningServer server) =>
        (await server.ValueAsync<string>("SELECT public_key FROM vapid_key WHERE is_current = 1"))!;

    /// <summary>The "k" of <c>vapid t=…, k=…</c> (RFC 8292 §3.2).</summary>
    private static string KeyOf(VirtualSubscription browser) => browser.Messages.Single().Headers["Authorization"].Split("k=")[^1];
}
