using Pushbell.Testing;

namespace Pushbell.WebPush.Tests.Vapid;

public sealed class VapidTokenCacheTests
{
    private const string Origin = "https://web.push.apple.com";
    private readonly ManualTimeProvider clock = new();
    private readonly VapidIdentity identity = new(VapidKeys.Generate(), "mailto:ops@example.com");

    [Fact]
    public void Authorization_FirstUse_ExpiresTwelveHoursAhead()
    {
        var token = VapidVerifier.Verify(new VapidTokenCache(clock).Authorization(identity, Origin));

        token.Audience.ShouldBe(Origin);
        token.Subject.ShouldBe(identity.Subject);
        token.Expiry.ShouldBe(clock.GetUtcNow() + TimeSpan.FromHours(12));
    }

    [Fact]
    public void Authorization_OverADay_IsNeverRenewedHourlyAndNeverNearItsExpiry()
    {
        var cache = new VapidTokenCache(clock);
        var renewals = new List<DateTimeOffset>();
        var last = string.Empty;
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            var authorization = cache.Authorization(identity, Origin);
            var left = VapidVerifier.Verify(authorization).Expiry - clock.GetUtcNow();
            left.ShouldBeInRange(TimeSpan.FromHours(1), TimeSpan.FromHours(24));
            if (authorization != last)
            {
                renewals.Add(clock.GetUtcNow());
                last = authorization;
            }

            clock.Advance(TimeSpan.FromMinutes(1));
        }

        renewals.Zip(renewals.Skip(1), (earlier, later) => later - earlier).ShouldAllBe(gap => gap > TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData(365 * 24)]
    [InlineData(-365 * 24)]
    public void Authorization_ClockJumps_IsSignedAnew(int hours)
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var jumping = new JumpingClock(start);
        var cache = new VapidTokenCache(jumping);
        cache.Authorization(identity, Origin);

        jumping.Now = start.AddHours(hours);

        VapidVerifier.Verify(cache.Authorization(identity, Origin)).Expiry.ShouldBe(jumping.Now + TimeSpan.FromHours(12));
    }

    [Fact]
    public void Authorization_AnotherKeySubjectOrPort_IsAnotherToken()
    {
        var cache = new VapidTokenCache(clock);
        string[] all =
        [
            cache.Authorization(identity, Origin),
            cache.Authorization(identity, Origin + ":8443"),
            cache.Authorization(identity with { Subject = "mailto:other@example.com" }, Origin),
            cache.Authorization(identity with { Keys = VapidKeys.Generate() }, Origin),
        ];

        all.Distinct().Count().ShouldBe(4);
        VapidVerifier.Verify(all[1]).Audience.ShouldBe(Origin + ":8443");
    }

    [Fact]
    public void Authorization_SameKeyLoadedTwice_IsTheSameToken()
    {
        var cache = new VapidTokenCache(clock);
        var reloaded = new VapidIdentity(VapidKeys.FromPrivateKey(identity.Keys.ExportPrivateKey()), identity.Subject);

        cache.Authorization(reloaded, Origin).ShouldBe(cache.Authorization(identity, Origin));
    }

    [Fact]
    public void Authorization_ManyThreadsAtOnce_SignsOnce()
    {
        var cache = new VapidTokenCache(clock);
        var tokens = new string[64];

        Parallel.For(0, tokens.Length, index => tokens[index] = cache.Authorization(identity, Origin));

        tokens.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void Authorization_MoreOriginsThanItHolds_DropsTheOldest()
    {
        var cache = new VapidTokenCache(clock, capacity: 8);
        var newest = string.Empty;
        for (var host = 0; host < 30; host++)
        {
            newest = cache.Authorization(identity, $"https://h{host}.push.apple.com");
            cache.Count.ShouldBeLessThanOrEqualTo(8);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        cache.Authorization(identity, "https://h29.push.apple.com").ShouldBe(newest);
    }

    private sealed class JumpingClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
