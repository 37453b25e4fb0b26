using Pushbell.LocalPushService.Faults;
using Pushbell.Server.Tests.Faults;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Nodes;

/// <summary>A pause that a push service asks one node for is a row that all nodes obey, and that outlives the node.</summary>
public sealed class PauseTests
{
    private static readonly TimeSpan Asked = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task RetryAfter_HeardByOneNode_IsObeyedByAll_UntilItsEnd()
    {
        var clock = new ManualTimeProvider();
        await using var nodes = await NodeSet.StartAsync(clock);
        var (ann, elsewhere) = (await nodes.First.RegisterAsync(), (await nodes.First.RegisterChromiumsAsync(1))[0]);
        var start = clock.GetUtcNow();
        ann.Subscription.Script(new ScriptedAnswer { Status = 429, RetryAfter = $"{Asked.TotalSeconds}" });

        var requests = new List<string>();
        foreach (var request in new[] { 0, 0, 1, 2 })
        {
            var reply = await nodes.Api(request).SendAsync([ann]);
            (reply.Status, reply.Text("status")).ShouldBe((200, "processing"));
            requests.Add(reply.Text("request_id")!);
        }

        nodes.PushService.Counters.Posts.ShouldBe(1, "the one that was asked to wait");
        foreach (var request in Enumerable.Range(0, 3))
        {
            (await nodes.Api(request).SendAsync([elsewhere])).Number("successful_sends").ShouldBe(1, "another push service");
        }

        // Who heard it is gone; a node that starts now has never heard anything.
        await nodes.First.RestartAsync();
        clock.Advance(Asked - TimeSpan.FromSeconds(1) - (clock.GetUtcNow() - start));
        (await nodes.Api(0).SendAsync([ann])).Text("status").ShouldBe("processing");
        ann.Subscription.MessageCount.ShouldBe(0);

        foreach (var request in requests)
        {
            (await nodes.Api(2).CompletedAsync(request, clock)).Number("successful_sends").ShouldBe(1);
        }

        await Eventually.HoldsAsync(() => Task.FromResult(ann.Subscription.MessageCount == 5), clock);
        ann.Subscription.Messages.ShouldAllBe(message => message.ReceivedAt >= start + Asked);
        nodes.PushService.Counters.ByStatus[429].ShouldBe(1);
    }
}
