using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Stories;

/// <summary>"`Pushbell__Limits__RequestsPerMinute` (/v2, per key, 6,000); every authenticated request counts, refused ones too"</summary>
public sealed class RateLimitTests
{
    private static readonly Answer Refused = Answer.Error(429, "RATE_LIMITED", "Rate limit exceeded: at most 4 requests per minute for this key.");

    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Requests_UpToTheLimit_CountDownInTheHeaders()
    {
        await using var server = await StartAsync();
        var api = new Api(server);

        var first = await api.GetAsync("/quota");
        clock.Advance(TimeSpan.FromSeconds(10));
        var second = await api.GetAsync("/nothing-here");
        var third = await api.GetAsync("/clients/x");

        first.Header("RateLimit-Policy").ShouldBe("\"requests\";q=4;w=60");
        first.Header("RateLimit").ShouldBe("\"requests\";r=3;t=60");
        second.Header("RateLimit").ShouldBeNull("an unknown route asks for no key");
        third.Header("RateLimit").ShouldBe("\"requests\";r=2;t=50");
    }

    [Fact]
    public async Task Request_BeyondTheLimit_IsRefusedUntilItSaysSo()
    {
        await using var server = await StartAsync();
        var api = new Api(server);
        for (var request = 0; request < 4; request++)
        {
            (await api.GetAsync("/quota")).Status.ShouldBe(200);
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        // At 0, 10, 20 and 30 s; the one at 40 s takes the place of the first, so the next place is free when the second is a minute old.
        var refused = await api.GetAsync("/quota");
        refused.ShouldBe(Refused);
        refused.Header("RateLimit").ShouldBe("\"requests\";r=0;t=30");
        refused.Header("Retry-After").ShouldBe("30");

        clock.Advance(TimeSpan.FromSeconds(30));
        (await api.GetAsync("/quota")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Request_AfterAFullMinute_IsServedAgain()
    {
        await using var server = await StartAsync();
        var api = new Api(server);
        for (var request = 0; request < 5; request++)
        {
            await api.GetAsync("/quota");
        }

        clock.Advance(TimeSpan.FromSeconds(59.999));
        (await api.GetAsync("/quota")).Status.ShouldBe(429);
        clock.Advance(TimeSpan.FromSeconds(0.001));
        (await api.GetAsync("/quota")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task RefusedRequests_OfAKnownKey_Count()
    {
        await using var server = await StartAsync();
        var api = new Api(server);
        (await api.PostAsync("/send", new { })).Status.ShouldBe(400);
        (await api.GetAsync("/clients/x")).Status.ShouldBe(404);
        (await api.PostAsync("/send", new { title = 1 })).Status.ShouldBe(400);
        (await api.GetAsync("/clients?limit=0")).Status.ShouldBe(400);

        (await api.GetAsync("/quota")).ShouldBe(Refused);
    }

    [Fact]
    public async Task Limit_OfOneKey_LeavesOthersAlone()
    {
        await using var server = await StartAsync();
        var other = new Api(server, await (await Tenant.OfFirstStartAsync(server)).AddKeyAsync(KeyKind.Secret));
        for (var request = 0; request < 5; request++)
        {
            await new Api(server).GetAsync("/quota");
        }

        (await other.GetAsync("/quota")).Header("RateLimit").ShouldBe("\"requests\";r=3;t=60");
    }

    [Fact]
    public async Task Requests_AllAtOnce_PassExactlyUpToTheLimit()
    {
        await using var server = await StartAsync(limit: 50);
        var api = new Api(server);

        var replies = await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => api.GetAsync("/quota")));

        replies.Count(reply => reply.Status == 200).ShouldBe(50);
        replies.Count(reply => reply.Status == 429).ShouldBe(70);
    }

    private Task<RunningServer> StartAsync(int limit = 4) =>
        RunningServer.StartAsync(clock, ("Pushbell:Role", "api"), ("Pushbell:Limits:RequestsPerMinute", $"{limit}"));
}
