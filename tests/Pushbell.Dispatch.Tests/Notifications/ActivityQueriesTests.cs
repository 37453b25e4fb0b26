using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Notifications;

public sealed class ActivityQueriesTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private TestDispatch dispatch = null!;

    private ActivityQueries Queries => dispatch.Node.Get<ActivityQueries>();

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Of_NothingSent_IsZerosUpToThisHour()
    {
        var activity = await Queries.OfAsync(dispatch.Caller, Hour, 24, CancellationToken.None);

        // It is half past two.
        activity.From.ShouldBe(new DateTimeOffset(2026, 1, 14, 15, 0, 0, TimeSpan.Zero));
        activity.Buckets.ShouldBe(Enumerable.Range(0, 24).Select(number => new ActivityBucket { Number = number }));
    }

    [Fact]
    public async Task Of_WhatWasSent_CountsWhereItStarted()
    {
        var (device, gone) = (await dispatch.Seed.DeviceAsync(), await dispatch.Seed.DeviceAsync());
        gone.Browser.Script(new ScriptedAnswer { Status = 400, Repeat = true });
        await dispatch.SendAsync(new Target.Everyone());
        await dispatch.SendAsync(dispatch.Request(new Target.RegistrationIds([device.PublicId])) with { SendAt = dispatch.Clock.GetUtcNow() + (2 * Hour) });
        await dispatch.SendAsync(dispatch.Request(new Target.RegistrationIds([device.PublicId])) with { SendAt = dispatch.Clock.GetUtcNow() + (9 * Hour) });
        await dispatch.Seed.DeviceAsync(caller: await dispatch.Seed.ServiceAsync());
        dispatch.Clock.Advance(2 * Hour);
        await dispatch.Node.DrainAsync();
        dispatch.Clock.Advance(Hour);

        var activity = await Queries.OfAsync(dispatch.Caller, Hour, 24, CancellationToken.None);

        activity
            .Buckets.Where(bucket => bucket.Requests > 0)
            .ShouldBe(
                [
                    new ActivityBucket { Number = 20, Requests = 1, Targets = 2, Accepted = 1, Failed = 1 },
                    new ActivityBucket { Number = 22, Requests = 1, Targets = 1, Accepted = 1 },
                ]
            );
        (await Queries.OfAsync(dispatch.Caller, 24 * Hour, 30, CancellationToken.None)).Buckets[^1].Requests.ShouldBe(2);
        (await Queries.OfAsync(await dispatch.Seed.ServiceAsync(), Hour, 24, CancellationToken.None)).Buckets.Sum(bucket => bucket.Requests).ShouldBe(0);
    }

    [Fact]
    public async Task Of_WhatWasCancelled_IsNoFailure()
    {
        var device = await dispatch.Seed.DeviceAsync();
        device.Browser.Script(new ScriptedAnswer { Status = 503, RetryAfter = "60", Repeat = true });
        var sent = await dispatch.SendAsync(new Target.Everyone());
        await dispatch.CancelAsync(sent.Id);

        (await Queries.OfAsync(dispatch.Caller, Hour, 24, CancellationToken.None))
            .Buckets[^1]
            .ShouldBe(new ActivityBucket { Number = 23, Requests = 1, Targets = 1, Cancelled = 1 });
    }

    [Fact]
    public async Task Of_LongAgo_IsNotCounted()
    {
        await dispatch.Seed.DeviceAsync();
        await dispatch.SendAsync(new Target.Everyone());
        dispatch.Clock.Advance(24 * Hour);

        (await Queries.OfAsync(dispatch.Caller, Hour, 24, CancellationToken.None)).Buckets.Sum(bucket => bucket.Requests).ShouldBe(0);
    }

    [Fact]
    public async Task Running_CountsWhatHasBegunAndNotEnded()
    {
        var device = await dispatch.Seed.DeviceAsync();
        await dispatch.SendAsync(new Target.Everyone());
        (await Queries.RunningAsync(dispatch.Caller, CancellationToken.None)).ShouldBe(0);

        device.Browser.Script(new ScriptedAnswer { Status = 503, RetryAfter = "60", Repeat = true });
        await dispatch.SendAsync(new Target.Everyone());
        await dispatch.SendAsync(dispatch.Request(new Target.Everyone()) with { SendAt = dispatch.Clock.GetUtcNow() + Hour });

        (await Queries.RunningAsync(dispatch.Caller, CancellationToken.None)).ShouldBe(1);
        (await Queries.RunningAsync(await dispatch.Seed.ServiceAsync(), CancellationToken.None)).ShouldBe(0);
    }
}
