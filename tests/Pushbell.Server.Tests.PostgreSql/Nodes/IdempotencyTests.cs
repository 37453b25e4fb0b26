namespace Pushbell.Server.Tests.Nodes;

/// <summary>The same Idempotency-Key is one send, whichever node it comes to.</summary>
public sealed class IdempotencyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sends_FiftyAlikeAtOnceOverNodes_AreOne(bool queued)
    {
        await using var nodes = await NodeSet.StartAsync();
        var ann = await nodes.First.RegisterAsync();

        var replies = await NodeSet.AtOnceAsync(50, request => nodes.Api(request).SendOnceAsync("key-1", [ann], ("async_mode", queued)));

        var answered = replies.Where(reply => reply.Status == 200).ToArray();
        answered.Select(reply => reply.Text("request_id")).Distinct().ShouldHaveSingleItem();
        // One that comes before this one is kept is told how things stand by then.
        var first = answered.Where(reply => reply.Header("Idempotency-Replayed") is null).ShouldHaveSingleItem();
        replies.Except(answered).ShouldAllBe(reply => reply.Status == 409);
        await nodes.Api(1).CompletedAsync(answered[0].Text("request_id")!);
        (await nodes.Api(2).GetAsync("/requests")).Json.GetProperty("requests").GetArrayLength().ShouldBe(1);
        ann.Subscription.MessageCount.ShouldBe(1);
        (await nodes.Api(2).SendOnceAsync("key-1", [ann], ("async_mode", queued))).Body.ShouldBe(first.Body);
    }

    [Fact]
    public async Task Sends_ManyKeysAtOnceOverNodes_AreAsManySends()
    {
        await using var nodes = await NodeSet.StartAsync();
        var ann = await nodes.First.RegisterAsync();

        // Each key three times, the three at three nodes: what one waits for must not be what keeps another waiting.
        var replies = await NodeSet.AtOnceAsync(60, request => nodes.Api(request).SendOnceAsync($"key-{request / 3}", [ann]));

        replies.ShouldAllBe(reply => reply.Status == 200 || reply.Status == 409);
        replies.Where(reply => reply.Status == 200).Select(reply => reply.Text("request_id")).Distinct().Count().ShouldBe(20);
        ann.Subscription.MessageCount.ShouldBe(20);
    }
}
