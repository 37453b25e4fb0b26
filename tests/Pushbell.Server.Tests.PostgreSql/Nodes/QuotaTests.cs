using Pushbell.Testing;

namespace Pushbell.Server.Tests.Nodes;

/// <summary>A plan's window is one row: whoever reserves, on whichever node, adds to it within its limit or not at all.</summary>
public sealed class QuotaTests
{
    [Fact]
    public async Task Sends_TwoHundredAtOnceOverNodes_FillTheHourAndNoMore()
    {
        // One clock for all, standing still: no hour turns on the way.
        await using var nodes = await NodeSet.StartAsync(new ManualTimeProvider(), ("Pushbell:Bootstrap:Plan", "starter"), ("Pushbell:Role", "api"));
        var ann = await nodes.First.RegisterAsync();

        var replies = await NodeSet.AtOnceAsync(200, request => nodes.Api(request).SendAsync([ann]));

        replies.Count(reply => reply.Status == 200).ShouldBe(100);
        var refused = replies.Where(reply => reply.Status != 200).ToArray();
        refused.ShouldAllBe(reply => reply.Status == 429 && reply.Text("code") == "QUOTA_EXCEEDED");
        ann.Subscription.MessageCount.ShouldBe(100);
        foreach (var api in Enumerable.Range(0, 3).Select(nodes.Api))
        {
            var quota = await api.GetAsync("/quota");
            (quota.Number("hourly_remaining"), quota.Number("daily_remaining")).ShouldBe((0, 900));
        }
    }
}
