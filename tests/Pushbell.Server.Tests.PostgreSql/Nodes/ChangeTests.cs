using Pushbell.Dispatch;
using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.Server.Tests.Cli;
using Pushbell.Server.Tests.Faults;
using Pushbell.Server.Tests.V2.Browser;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Nodes;

/// <summary>What is changed at one node holds at the others from then on: nothing that matters is remembered by a process.</summary>
public sealed class ChangeTests
{
    [Fact]
    public async Task Rotate_IsSeenByAllNodes_AndEachStillSignsForTheOldOnes()
    {
        await using var nodes = await NodeSet.StartAsync();
        var old = await CurrentAsync(nodes, 0);
        var before = await RegisterAsync(nodes, 0, old);
        // Every node has signed with the old pair by now, and could go on from memory.
        foreach (var request in Enumerable.Range(0, 3))
        {
            (await nodes.Api(request).SendAsync([before])).Number("successful_sends").ShouldBe(1);
        }

        await Terminal.Beside(nodes.First).JsonAsync("vapid", "rotate");

        var current = await CurrentAsync(nodes, 0);
        current.ShouldNotBe(old);
        foreach (var request in Enumerable.Range(0, 3))
        {
            (await CurrentAsync(nodes, request)).ShouldBe(current);
            var after = await RegisterAsync(nodes, request, current);
            (await nodes.Api(request + 1).SendAsync([before, after])).Number("successful_sends").ShouldBe(2);
        }
    }

    [Fact]
    public async Task Revoke_AtOneNode_IsObeyedByAllAtOnce()
    {
        await using var nodes = await NodeSet.StartAsync();
        var terminal = Terminal.Beside(nodes.First);
        var key = await terminal.JsonAsync("key", "create", "--kind", "secret");
        Task<int[]> AskAsync() =>
            NodeSet.AtOnceAsync(3, async request => (await new V2.Stories.Api(nodes.Node(request), key.GetProperty("key").GetString()!).GetAsync("/quota")).Status);
        (await AskAsync()).ShouldBe([200, 200, 200]);

        (await terminal.RunAsync("key", "revoke", key.GetProperty("key_id").GetString()!)).ExitCode.ShouldBe(0);

        (await AskAsync()).ShouldBe([401, 401, 401]);
    }

    [Fact]
    public async Task Deregister_DuringABroadcast_NothingIsClaimedAfterItsAnswer()
    {
        // While this clock stands no push is answered: the broadcast stays where it is, a batch of it in each node's hands.
        var clock = new ManualTimeProvider();
        await using var nodes = await NodeSet.StartSlowAsync(
            clock,
            TimeSpan.FromMilliseconds(100),
            ("Pushbell:Delivery:Workers", "1"),
            ("Pushbell:Delivery:LeaseSeconds", "600")
        );
        var crowd = await nodes.First.RegisterCrowdAsync(2_100);
        var sent = await nodes.Api(0).PostAsync("/broadcast", new { title = "T", body = "B" });
        await Eventually.HoldsAsync(() => Task.FromResult(crowd.Any(browser => browser.MessageCount > 0)));

        var spared = new List<VirtualSubscription>();
        for (var id = 2_100; id > 2_070; id--)
        {
            (await nodes.Api(id).DeleteAsync("/clients/" + PublicId.Registration(id))).Status.ShouldBe(200);
            var claimed = await nodes.First.ValueAsync<long>("SELECT coalesce(max(cursor_after), 9999) FROM notification");
            if (claimed < id)
            {
                spared.Add(crowd[id - 1]);
            }
        }

        var completed = await nodes.Api(1).CompletedAsync(sent.Text("request_id")!, clock);
        spared.ShouldNotBeEmpty("the broadcast was over too soon to prove anything");
        spared.ShouldAllBe(browser => browser.MessageCount == 0);
        completed.Json.GetProperty("outcomes").GetProperty("cancelled").GetInt32().ShouldBeGreaterThanOrEqualTo(spared.Count);
        crowd.Take(2_070).ShouldAllBe(browser => browser.MessageCount == 1);
    }

    private static async Task<string> CurrentAsync(NodeSet nodes, int request) =>
        (await new PageCalls(nodes.Node(request)).GetConfigurationAsync()).Text("vapid_public_key")!;

    /// <summary>A browser whose push service takes a message only if it is signed with this very key.</summary>
    private static async Task<RegisteredClient> RegisterAsync(NodeSet nodes, int request, string key)
    {
        var browser = nodes.PushService.CreateSubscription(key);
        var reply = await new PageCalls(nodes.Node(request)).RegisterAsync(new { subscription = PageCalls.Json(browser) });
        reply.Status.ShouldBe(201);
        return new RegisteredClient(reply.Text("registration_id")!, reply.Text("registration_token")!, browser);
    }
}
