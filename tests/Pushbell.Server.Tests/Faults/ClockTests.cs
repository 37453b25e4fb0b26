using Pushbell.LocalPushService.Faults;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Faults;

/// <summary>Somebody sets the machine's clock: no quota is granted twice, nothing is sent twice, nothing waits for ever.</summary>
public sealed class ClockTests
{
    private const int HoursOfAYear = 365 * 24;
    private readonly ManualTimeProvider time = new();
    private readonly AdjustableClock clock;

    public ClockTests() => clock = new AdjustableClock(time);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(HoursOfAYear)]
    [InlineData(-HoursOfAYear)]
    public async Task Quota_ClockSetThereAndBack_IsGrantedOnceForEachWindow(int hours)
    {
        await using var server = await RunningServer.StartAsync(clock, ("Pushbell:Bootstrap:Plan", "starter"));
        var (api, people) = (new Api(server), new List<RegisteredClient>());
        while (people.Count < 50)
        {
            people.Add(await server.RegisterAsync());
        }

        await FillAsync(api, people);
        clock.Set(TimeSpan.FromHours(hours));
        await FillAsync(api, people);
        clock.Set(TimeSpan.FromHours(-hours));
        (await api.SendAsync(people.Take(1))).Status.ShouldBe(429, "this hour was full before");
        clock.Set(TimeSpan.FromHours(hours));
        (await api.SendAsync(people.Take(1))).Status.ShouldBe(429, "so was that one");

        people.ShouldAllBe(client => client.Subscription.MessageCount == 4);
        (await server.ValueAsync<int>("SELECT max(used) FROM quota_window WHERE kind = 0")).ShouldBe(100);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(HoursOfAYear)]
    [InlineData(-HoursOfAYear)]
    public async Task Broadcast_ClockSetMeanwhile_ReachesNobodyTwice(int hours)
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, crowd) = (new Api(server), await server.RegisterCrowdAsync(130));
        crowd[0].Script(new ScriptedAnswer { Fault = Fault.Hang });
        var request = (await api.PostAsync("/broadcast", new { title = "T", body = "B" })).Text("request_id")!;
        await Eventually.HoldsAsync(async () => (await api.GetAsync("/requests/" + request)).Number("pending") == 1, time);

        clock.Set(TimeSpan.FromHours(hours));
        var completed = await api.CompletedAsync(request, time);

        // A year ahead the TTL of the one that was still on its way has ended.
        var expired = hours == HoursOfAYear ? 1 : 0;
        completed.Number("successful_sends").ShouldBe(130 - expired);
        completed.Json.GetProperty("outcomes").GetProperty("expired").GetInt32().ShouldBe(expired);
        crowd.Skip(1).ShouldAllBe(browser => browser.MessageCount == 1);
        crowd[0].MessageCount.ShouldBe(1 - expired);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-HoursOfAYear)]
    public async Task Retry_ClockSetBackMeanwhile_StillComes(int hours)
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Status = 429, RetryAfter = "30" });
        var request = (await api.SendAsync([ann])).Text("request_id")!;

        clock.Set(TimeSpan.FromHours(hours));
        // A retry may lie a day ahead; what lies further was dated by another clock and is mended within a minute.
        time.Advance(hours == -1 ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1));
        var completed = await api.CompletedAsync(request, time);

        completed.Number("successful_sends").ShouldBe(1);
        ann.Subscription.MessageCount.ShouldBe(1);
    }

    /// <summary>Takes the whole of an hour: 2 × 50, and not one more.</summary>
    private static async Task FillAsync(Api api, IReadOnlyList<RegisteredClient> people)
    {
        (await api.SendAsync(people)).Number("successful_sends").ShouldBe(50);
        (await api.SendAsync(people)).Number("successful_sends").ShouldBe(50);
        (await api.SendAsync(people.Take(1))).Status.ShouldBe(429);
    }
}
