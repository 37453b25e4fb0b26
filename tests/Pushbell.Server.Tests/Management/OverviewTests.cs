using Pushbell.LocalPushService.Faults;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

public sealed class OverviewTests(OverviewTests.OneSend sent) : IClassFixture<OverviewTests.OneSend>
{
    [Theory]
    [InlineData("", 24, 3_600, "2026-01-14T15:00:00Z")]
    [InlineData("?range=day", 24, 3_600, "2026-01-14T15:00:00Z")]
    [InlineData("?range=week", 28, 21_600, "2026-01-08T18:00:00Z")]
    [InlineData("?range=month", 30, 86_400, "2025-12-17T00:00:00Z")]
    public async Task Overview_AfterASend_CountsItInTheLastOfAllBuckets(string range, int count, int seconds, string from)
    {
        var overview = await sent.Service.GetAsync("/overview" + range);

        overview.Status.ShouldBe(200, overview.Body);
        var buckets = overview.Json.GetProperty("buckets").EnumerateArray().Select(bucket => bucket.GetRawText()).ToArray();
        (buckets.Length, overview.Number("bucket_seconds"), overview.Text("from")).ShouldBe((count, seconds, from));
        const string counts = """
            "requests":1,"targets":2,"accepted":1,"failed":1,"cancelled":0,"shown":0,"clicked":0}
            """;
        buckets[^1].ShouldEndWith(counts);
        buckets[..^1].ShouldAllBe(bucket => bucket.EndsWith("\"requests\":0,\"targets\":0,\"accepted\":0,\"failed\":0,\"cancelled\":0,\"shown\":0,\"clicked\":0}"));
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
        (await sent.Service.GetAsync("/overview?range=year")).ShouldRefuse(400, "INVALID_REQUEST", "day, week, month");
    }

    /// <summary>To two, one of whom is gone.</summary>
    public sealed class OneSend : SharedService
    {
        private protected override async Task<ManagedService> StartAsync()
        {
            var clock = new ManualTimeProvider();
            var service = await ManagedService.StartAsync(clock, ("Pushbell:Bootstrap:Plan", "starter"), ("Pushbell:Bootstrap:Credits", "10"));
            var (ann, bob) = (await service.Server.RegisterAsync(), await service.Server.RegisterAsync());
            bob.Subscription.Script(new ScriptedAnswer { Status = 410 });
            await service.EndedAsync(await service.SendAsync([ann, bob]), clock);
            return service;
        }
    }
}
