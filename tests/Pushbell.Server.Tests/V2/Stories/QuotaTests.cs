using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch.Storage;
using Pushbell.LocalPushService.Faults;
using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Stories;

/// <summary>
/// "Quota: fixed UTC hour and day windows; a send reserves its targets, all or nothing, in the same transaction that accepts it; what
/// ends *gone* or *rejected* is given back to its own window." The clock starts at 14:30, the plan is starter: 100 an hour, 1,000 a day.
/// </summary>
public sealed class QuotaTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Sends_AllAtOnce_AreAcceptedExactlyUpToTheQuota()
    {
        await using var server = await StartAsync();
        var api = new Api(server);
        var ann = await server.RegisterAsync();
        (await QuotaAsync(api)).ShouldBe(Remaining(100, 1_000));

        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => api.SendAsync([ann])));

        replies.Count(reply => reply.Status == 200).ShouldBe(100);
        // On a busy machine an answer may come before its delivery.
        await Eventually.HoldsAsync(() => Task.FromResult(ann.Subscription.MessageCount >= 100), clock);
        ann.Subscription.MessageCount.ShouldBe(100);
        var refused = replies.Where(reply => reply.Status != 200).ToArray();
        refused.ShouldAllBe(reply => reply.Header("Retry-After") == "1800");
        refused.ShouldAllBe(reply => reply.Body == Exceeded("this hour", "1 target", "0 of 100", "2026-01-15T15:00:00Z").Body);
        (await QuotaAsync(api)).ShouldBe(Remaining(0, 900));
    }

    [Fact]
    public async Task Window_WhenItsHourIsOver_OpensAgainAtThatMoment()
    {
        await using var server = await StartAsync();
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        await UseAsync(server, hour: 100, day: 100);

        clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(1));
        var early = await api.SendAsync([ann]);
        early.Status.ShouldBe(429);
        early.Header("Retry-After").ShouldBe("1");

        clock.Advance(TimeSpan.FromMilliseconds(1));
        (await api.SendAsync([ann])).ShouldBe(Answer.Sent(1));
        (await api.GetAsync("/quota")).Golden.ShouldBe(
            """{"organization_id":"<org>","service_id":"<svc>","hourly_limit":100,"daily_limit":1000,"hourly_remaining":99,"daily_remaining":899,"reset_hourly_at":"2026-01-15T16:00:00Z","reset_daily_at":"2026-01-16T00:00:00Z"}"""
        );
    }

    [Fact]
    public async Task Sends_WhileTheHourTurns_FillBothWindowsAndNoMore()
    {
        await using var server = await StartAsync();
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(1));

        var sends = Enumerable.Range(0, 130).Select(_ => api.SendAsync([ann])).ToList();
        // One is through in the old hour, the others are on their way: the hour turns among them.
        await Task.WhenAny(sends);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        sends.AddRange(Enumerable.Range(0, 130).Select(_ => api.SendAsync([ann])));
        var replies = await Task.WhenAll(sends);

        var used = await server
            .Services.GetRequiredService<Database>()
            .ReadAsync(
                session => session.ListAsync<long>("SELECT used FROM quota_window WHERE kind = 0 ORDER BY starts_at"),
                CancellationToken.None
            );
        used.Count.ShouldBe(2);
        used.ShouldAllBe(window => window <= 100);
        used[^1].ShouldBe(100);
        var accepted = replies.Count(reply => reply.Status == 200);
        accepted.ShouldBe((int)used.Sum());
        ann.Subscription.MessageCount.ShouldBe(accepted);
        replies.Where(reply => reply.Status != 200).ShouldAllBe(reply => reply.Status == 429);
    }

    [Fact]
    public async Task Send_OfMoreThanIsLeft_ReservesNothing()
    {
        await using var server = await StartAsync();
        var api = new Api(server);
        var people = new[] { await server.RegisterAsync(), await server.RegisterAsync(), await server.RegisterAsync() };
        await UseAsync(server, hour: 98, day: 98);

        (await api.SendAsync(people)).ShouldBe(Exceeded("this hour", "3 targets", "2 of 100", "2026-01-15T15:00:00Z"));

        people.ShouldAllBe(client => client.Subscription.MessageCount == 0);
        (await QuotaAsync(api)).ShouldBe(Remaining(2, 902));
        (await api.SendAsync(people[..2])).ShouldBe(Answer.Sent(2));
        (await QuotaAsync(api)).ShouldBe(Remaining(0, 900));
    }

    [Fact]
    public async Task Refusal_WhenHourAndDayAreFull_NamesTheDay()
    {
        await using var server = await StartAsync();
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        await UseAsync(server, hour: 100, day: 1_000);

        var refused = await api.SendAsync([ann]);

        refused.ShouldBe(Exceeded("today", "1 target", "0 of 1000", "2026-01-16T00:00:00Z"));
        refused.Header("Retry-After").ShouldBe($"{9.5 * 3600}");
    }

    [Fact]
    public async Task Send_ToNobody_TakesNothing()
    {
        await using var server = await StartAsync();
        await UseAsync(server, hour: 100, day: 100);

        var reply = await new Api(server).PostAsync("/send", new { title = "T", body = "B", target_user_ids = new[] { "nobody" } });

        reply.ShouldBe(Answer.Nobody());
    }

    [Fact]
    public async Task GoneAndRejected_AreGivenBack_AndAcceptedIsNot()
    {
        await using var server = await StartAsync();
        var api = new Api(server);
        var (accepted, gone, rejected) = (await server.RegisterAsync(), await server.RegisterAsync(), await server.RegisterAsync());
        gone.Subscription.Script(new ScriptedAnswer { Status = 404 });
        rejected.Subscription.Script(new ScriptedAnswer { Status = 413 });

        (await api.SendAsync([accepted, gone, rejected])).Number("failed_sends").ShouldBe(2);

        (await QuotaAsync(api)).ShouldBe(Remaining(99, 999));
    }

    [Fact]
    public async Task GivenBack_InTheNextHour_GoesToTheWindowItWasTakenFrom()
    {
        await using var server = await StartAsync("all");
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Status = 500 }, new ScriptedAnswer { Status = 410 });
        clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(500));
        var request = (await api.SendAsync([ann])).Text("request_id")!;
        (await QuotaAsync(api)).ShouldBe(Remaining(99, 999));

        await api.CompletedAsync(request, clock);

        clock.GetUtcNow().Hour.ShouldBe(15);
        (await UsedAsync(server)).ShouldBe([(0, 0), (1, 0)]);
    }

    private static (long? Hour, long? Day) Remaining(long hour, long day) => (hour, day);

    private static Answer Exceeded(string window, string targets, string left, string until) =>
        Answer.Error(429, "QUOTA_EXCEEDED", $"Notification quota exceeded for {window}: this send has {targets}, {left} are left until {until}");

    private static async Task<(long? Hour, long? Day)> QuotaAsync(Api api)
    {
        var quota = (await api.GetAsync("/quota")).Json;
        return (quota.GetProperty("hourly_remaining").GetInt64(), quota.GetProperty("daily_remaining").GetInt64());
    }

    /// <summary>As if so much had been sent in this hour and on this day.</summary>
    private async Task UseAsync(RunningServer server, int hour, int day)
    {
        var now = clock.GetUtcNow();
        var tenant = await Tenant.OfFirstStartAsync(server);
        await tenant.ChangeAsync(
            """
            INSERT INTO quota_window (organization_id, kind, starts_at, used)
            VALUES (@organization, 0, @hourStart, @hour), (@organization, 1, @dayStart, @day)
            """,
            new
            {
                hour,
                day,
                hourStart = new DateTimeOffset(now.Date.AddHours(now.Hour), TimeSpan.Zero).ToUnixTimeMilliseconds(),
                dayStart = new DateTimeOffset(now.Date, TimeSpan.Zero).ToUnixTimeMilliseconds(),
            }
        );
    }

    private static async Task<(int Kind, int Used)[]> UsedAsync(RunningServer server)
    {
        var windows = await server.Database.ReadAsync(
            session => session.ListAsync<Window>("SELECT kind, used FROM quota_window ORDER BY kind"),
            CancellationToken.None
        );
        return [.. windows.Select(window => (window.Kind, window.Used))];
    }

    private Task<RunningServer> StartAsync(string role = "api") =>
        RunningServer.StartAsync(clock, ("Pushbell:Bootstrap:Plan", "starter"), ("Pushbell:Role", role));

    private sealed record Window
    {
        public int Kind { get; init; }

        public int Used { get; init; }
    }
}
