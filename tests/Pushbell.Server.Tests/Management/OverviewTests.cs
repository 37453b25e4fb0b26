using System.Text.Json;
using Pushbell.LocalPushService.Faults;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

public sealed class OverviewTests
{
    [Theory]
    [InlineData("", 24, 3_600, "2026-01-14T15:00:00Z")]
    [InlineData("?range=day", 24, 3_600, "2026-01-14T15:00:00Z")]
    [InlineData("?range=week", 28, 21_600, "2026-01-08T18:00:00Z")]
    [InlineData("?range=month", 30, 86_400, "2025-12-17T00:00:00Z")]
    public async Task Overview_AfterASend_CountsItInTheLastOfAllBuckets(string range, int count, int seconds, string from)
    {
        var clock = new ManualTimeProvider();
        await using var service = await ManagedService.StartAsync(clock, ("Pushbell:Bootstrap:Plan", "starter"), ("Pushbell:Bootstrap:Credits", "10"));
        var (ann, bob) = (await service.Server.RegisterAsync(), await service.Server.RegisterAsync());
        bob.Subscription.Script(new ScriptedAnswer { Status = 410 });
        await service.EndedAsync(await service.SendAsync([ann, bob]), clock);

        var overview = await service.GetAsync("/overview" + range);

        overview.Status.ShouldBe(200, overview.Body);
        var buckets = overview.Json.GetProperty("buckets").EnumerateArray().Select(bucket => bucket.GetRawText()).ToArray();
        (buckets.Length, overview.Number("bucket_seconds"), overview.Text("from")).ShouldBe((count, seconds, from));
        const string counts = """
            "requests":1,"targets":2,"accepted":1,"failed":1,"shown":0,"clicked":0}
            """;
        buckets[^1].ShouldEndWith(counts);
        buckets[..^1].ShouldAllBe(bucket => bucket.EndsWith("\"requests\":0,\"targets\":0,\"accepted\":0,\"failed\":0,\"shown\":0,\"clicked\":0}"));
        overview.Json.GetProperty("totals").GetRawText().ShouldBe("{" + counts);
        overview.Json.GetProperty("clients").GetRawText().ShouldBe("""{"active":1,"new_in_range":2,"ended_in_range":1}""");
        var quota = overview.Json.GetProperty("quota");
        quota.GetProperty("hourly").GetRawText().ShouldBe("""{"limit":100,"used":1,"resets_at":"2026-01-15T15:00:00Z"}""");
        quota.GetProperty("daily").GetRawText().ShouldBe("""{"limit":1000,"used":1,"resets_at":"2026-01-16T00:00:00Z"}""");
        overview.Json.GetProperty("credits").GetRawText().ShouldBe("""{"available":9,"held":0,"spent":1,"topped_up":10}""");
        (overview.Number("open_alarms"), overview.Number("running")).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Overview_OfAnUnknownRange_SaysWhichThereAre()
    {
        await using var service = await ManagedService.StartAsync();

        (await service.GetAsync("/overview?range=year")).ShouldRefuse(400, "INVALID_REQUEST", "day, week, month");
    }

    [Fact]
    public async Task Alarm_RaisedByAPushService_IsListedCountedAndResolvedOnce()
    {
        await using var service = await ManagedService.StartAsync(clock: null, ("Pushbell:Role", "api"));
        var ann = await service.Server.RegisterAsync();
        ann.Subscription.Script(new ScriptedAnswer { Status = 401, Repeat = true });
        for (var send = 0; send < 20; send++)
        {
            using var sent = await service.Server.V2Async(HttpMethod.Post, "/send", new { title = "T", body = "B", target_all = true });
        }

        var alarm = (await service.Owner.GetAsync(service.Organization + "/alarms")).Json.GetProperty("alarms").EnumerateArray().ShouldHaveSingleItem();
        var id = alarm.GetProperty("alarm_id").GetString()!;
        (alarm.GetProperty("kind").GetString(), alarm.GetProperty("resolved_at").ValueKind).ShouldBe(("refuses_everyone", JsonValueKind.Null));
        (await service.GetAsync("/overview")).Number("open_alarms").ShouldBe(1);
        (await ResolveAsync("?expire=perhaps")).ShouldRefuse(400, "INVALID_REQUEST", "expire must be true or false");
        var resolved = await ResolveAsync();
        var again = await ResolveAsync();

        resolved.Json.GetProperty("resolved_at").ValueKind.ShouldBe(JsonValueKind.String);
        again.Body.ShouldBe(resolved.Body);
        (await service.GetAsync("/overview")).Number("open_alarms").ShouldBe(0);
        (await service.Owner.PostAsync(service.Organization + "/alarms/alm_0000000000001/resolve")).ShouldRefuse(404, "NOT_FOUND", "There is no alarm");
        (await service.AuditedAsync("alarm.resolve")).ShouldHaveSingleItem("the second time changed nothing").Subject.ShouldBe(id);

        Task<V2.Stories.Reply> ResolveAsync(string query = "") => service.Owner.PostAsync($"{service.Organization}/alarms/{id}/resolve{query}");
    }
}
