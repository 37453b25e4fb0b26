using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Organizations;

/// <summary>Starter: 100 an hour, 1,000 a day. The clock starts at 14:30 UTC.</summary>
public sealed class QuotaTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(plan: Plan.Find("starter"));

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Theory]
    [InlineData("starter", 100, 1_000)]
    [InlineData("Professional", 1_000, 10_000)]
    [InlineData("SCALE", 10_000, 100_000)]
    [InlineData("unlimited", null, null)]
    public void FindPlan_KnownName_HasItsLimits(string name, int? hourly, int? daily)
    {
        var plan = Plan.Find(name).ShouldNotBeNull();

        plan.Hourly.ShouldBe(hourly);
        plan.Daily.ShouldBe(daily);
    }

    [Fact]
    public void FindPlan_UnknownName_IsNull() => Plan.Find("gold").ShouldBeNull();

    [Fact]
    public async Task Reserve_WithinTheLimits_CountsInBothWindows()
    {
        await ReservedAsync(60);

        var usage = await UsageAsync();
        usage.Hour.Used.ShouldBe(60);
        usage.Hour.Remaining.ShouldBe(40);
        usage.Hour.ResetsAt.ShouldBe(new DateTimeOffset(2026, 1, 15, 15, 0, 0, TimeSpan.Zero));
        usage.Day.Used.ShouldBe(60);
        usage.Day.Remaining.ShouldBe(940);
        usage.Day.ResetsAt.ShouldBe(new DateTimeOffset(2026, 1, 16, 0, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(365 * 24)]
    public async Task Reserve_ClockLeapsAheadAndComesBack_FindsTheWindowAsFullAsItWas(int hours)
    {
        await ReservedAsync(60);
        dispatch.WallClock.Set(TimeSpan.FromHours(hours));
        await ReservedAsync(10);
        await dispatch.Node.Sweeper.SweepAsync(CancellationToken.None);

        dispatch.WallClock.Set(TimeSpan.FromHours(-hours));

        (await UsageAsync()).Hour.Used.ShouldBe(60);
        (await ReserveAsync(41)).Failure.ShouldBeOfType<Failure.QuotaExceeded>();
    }

    [Fact]
    public async Task Reserve_HourAfterHour_KeepsTheLatestThousandWindows()
    {
        for (var hour = 0; hour < 1_010; hour++)
        {
            await ReservedAsync(1);
            dispatch.Clock.Advance(TimeSpan.FromHours(1));
        }

        (await dispatch.ValueAsync<int>("SELECT count(*) FROM quota_window WHERE kind = 0")).ShouldBe(1_001);
    }

    [Fact]
    public async Task Reserve_MoreThanIsLeft_TakesNothingAndSaysWhen()
    {
        await ReservedAsync(60);

        var refusal = (await ReserveAsync(41)).Failure.ShouldBeOfType<Failure.QuotaExceeded>();

        refusal.RetryAfter.ShouldBe(TimeSpan.FromMinutes(30));
        refusal.Sentence.ShouldContain("this hour");
        refusal.Sentence.ShouldContain("40 of 100");
        (await UsageAsync()).Hour.Used.ShouldBe(60);
        (await UsageAsync()).Day.Used.ShouldBe(60);
        await ReservedAsync(40);
        (await UsageAsync()).Hour.Remaining.ShouldBe(0);
    }

    [Fact]
    public async Task Reserve_HourBoundary_StartsANewHourOfTheSameDay()
    {
        await ReservedAsync(100);
        dispatch.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(1));
        (await ReserveAsync(1)).Failure.ShouldNotBeNull();

        dispatch.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await ReservedAsync(100);
        (await UsageAsync()).Hour.Used.ShouldBe(100);
        (await UsageAsync()).Day.Used.ShouldBe(200);
    }

    [Fact]
    public async Task Reserve_DayIsFull_IsRefusedUntilMidnight()
    {
        dispatch.Clock.Advance(TimeSpan.FromHours(9.5)); // Midnight: ten hours of a hundred fill the new day.
        for (var hour = 0; hour < 10; hour++)
        {
            await ReservedAsync(100);
            dispatch.Clock.Advance(TimeSpan.FromHours(1));
        }

        var refusal = (await ReserveAsync(1)).Failure.ShouldBeOfType<Failure.QuotaExceeded>();
        refusal.Sentence.ShouldContain("today");
        refusal.RetryAfter.ShouldBe(TimeSpan.FromHours(14));

        dispatch.Clock.Advance(TimeSpan.FromHours(14));
        await ReservedAsync(1);
    }

    [Fact]
    public async Task GiveBack_AfterTheHourHasTurned_GoesToItsOwnWindow()
    {
        var taken = await ReservedAsync(100);
        dispatch.Clock.Advance(TimeSpan.FromHours(1));
        await ReservedAsync(10);

        await GiveBackAsync(taken, 30);

        (await UsageAsync()).Hour.Used.ShouldBe(10);
        (await UsageAsync()).Day.Used.ShouldBe(80);
        (await UsedAsync(kind: 0, taken.Hour)).ShouldBe(70);
    }

    [Fact]
    public async Task GiveBack_InTheSameHour_CanBeTakenAgain()
    {
        var taken = await ReservedAsync(100);
        (await ReserveAsync(1)).Failure.ShouldNotBeNull();

        await GiveBackAsync(taken, 5);

        await ReservedAsync(5);
        (await ReserveAsync(1)).Failure.ShouldNotBeNull();
    }

    [Fact]
    public async Task Reserve_ByAnotherOrganization_IsItsOwn()
    {
        await ReservedAsync(100);
        var other = await dispatch.Seed.OrganizationAsync(plan: Plan.Find("starter"));

        (await ReserveAsync(100, other)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Reserve_Unlimited_IsCountedButNeverRefused()
    {
        var other = await dispatch.Seed.OrganizationAsync(plan: Plan.Find("unlimited"));

        (await ReserveAsync(5_000_000, other)).Failure.ShouldBeNull();

        var usage = await dispatch.Database.ReadAsync(
            session => dispatch.Node.Quota.UsageAsync(session, other.OrganizationId),
            CancellationToken.None
        );
        usage.Hour.Used.ShouldBe(5_000_000);
        usage.Hour.Limit.ShouldBeNull();
        usage.Hour.Remaining.ShouldBeNull();
    }

    private Task<Result<QuotaWindows>> ReserveAsync(int amount, Caller? caller = null) =>
        dispatch.Database.WriteAsync(
            session => dispatch.Node.Quota.ReserveAsync(session, (caller ?? dispatch.Caller).OrganizationId, amount),
            keep: static result => result.Failure is null,
            CancellationToken.None
        );

    private async Task<QuotaWindows> ReservedAsync(int amount)
    {
        (await ReserveAsync(amount)).TryGet(out var windows, out var failure).ShouldBeTrue(failure?.Sentence);
        return windows;
    }

    private Task GiveBackAsync(QuotaWindows windows, int amount) =>
        dispatch.Database.WriteAsync(
            session => Quota.GiveBackAsync(session, dispatch.Caller.OrganizationId, windows, amount),
            CancellationToken.None
        );

    private Task<QuotaUsage> UsageAsync() => dispatch.Database.ReadAsync(Usage, CancellationToken.None);

    private Task<QuotaUsage> Usage(Session session) => dispatch.Node.Quota.UsageAsync(session, dispatch.Caller.OrganizationId);

    private Task<long> UsedAsync(int kind, long startsAt) =>
        dispatch.ValueAsync<long>("SELECT used FROM quota_window WHERE kind = @kind AND starts_at = @startsAt", new { kind, startsAt });
}
