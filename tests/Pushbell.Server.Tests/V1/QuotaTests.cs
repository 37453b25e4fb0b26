using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1;

/// <summary>The plan holds for /v1 too: over its quota a send is a 429 that names the quota.</summary>
public sealed class QuotaTests
{
    private const string Person = "person@example.com";

    [Fact]
    public async Task Send_OverTheQuota_Is429_NamingTheQuota_UntilTheWindowEnds()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 1, 15, 14, 30, 0, TimeSpan.Zero));
        await using var server = await RunningServer.StartAsync(clock, ("Pushbell:Bootstrap:Plan", "starter"));
        for (var device = 0; device < 60; device++)
        {
            await server.SubscribeAsync(Person);
        }

        (await server.SendAsync(Person)).ShouldBe(200, """{"sent":60,"failed":0,"credits":null}""");
        var refused = await server.SendAsync(Person);
        refused.ShouldBe(
            429,
            Row.Error(
                "Notification quota exceeded for this hour: this send has 60 targets, 40 of 100 are left until 2026-01-15T15:00:00Z"
            )
        );
        refused.Header("Retry-After").ShouldBe("1800");

        clock.Advance(TimeSpan.FromMinutes(30));
        (await server.SendAsync(Person)).Status.ShouldBe(200);
    }
}
