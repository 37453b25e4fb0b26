using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Notifications;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private static readonly IdempotencyKey Key = new("order-1", "hash of the body");
    private TestDispatch dispatch = null!;
    private Device device = null!;

    public async ValueTask InitializeAsync()
    {
        dispatch = await TestDispatch.StartAsync(credits: 10);
        device = await dispatch.Seed.DeviceAsync();
    }

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Send_SameKeyAgain_IsTheFirstSendAndItsAnswer()
    {
        var first = (await SendAsync(Key)).Value.ShouldNotBeNull();
        first.IsReplay.ShouldBeFalse();
        await dispatch.Node.Idempotency.RememberAsync(dispatch.Caller, Key, first.Notification.Id, "the answer"u8.ToArray(), CancellationToken.None);

        var again = (await SendAsync(Key)).Value.ShouldNotBeNull();

        again.IsReplay.ShouldBeTrue();
        again.Notification.Id.ShouldBe(first.Notification.Id);
        again.FirstAnswer!.Value.ToArray().ShouldBe("the answer"u8.ToArray());
        await ShouldHaveSentAsync(1);
    }

    [Fact]
    public async Task Remember_KeyLapsedAndUsedAnew_LeavesTheLaterSendItsOwnAnswer()
    {
        var first = (await SendAsync(Key)).Value.ShouldNotBeNull();
        dispatch.Clock.Advance(TimeSpan.FromHours(25));
        var later = (await SendAsync(Key)).Value.ShouldNotBeNull();
        later.Notification.Id.ShouldNotBe(first.Notification.Id);

        await dispatch.Node.Idempotency.RememberAsync(dispatch.Caller, Key, first.Notification.Id, "of the first"u8.ToArray(), CancellationToken.None);

        (await SendAsync(Key)).Value.ShouldNotBeNull().FirstAnswer.ShouldBeNull();
    }

    [Fact]
    public async Task Send_SameKeyOtherBody_IsRefused()
    {
        await SendAsync(Key);

        (await SendAsync(Key with { BodyHash = "another" })).Failure.ShouldBeOfType<Failure.KeyReused>();

        await ShouldHaveSentAsync(1);
    }

    [Fact]
    public async Task Send_FirstOneStillUnderWay_IsInFlightUntilItsFirstRoundIsThrough()
    {
        (await AcceptAsync(Key)).Failure.ShouldBeNull();

        (await SendAsync(Key)).Failure.ShouldBeOfType<Failure.InFlight>().RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));

        // The process that had accepted it is gone: its lease lapses and a worker finishes.
        dispatch.Clock.Advance(new DeliverySettings().Lease);
        await dispatch.Node.DrainAsync();
        var replay = (await SendAsync(Key)).Value.ShouldNotBeNull();
        (replay.IsReplay, replay.FirstAnswer, replay.Notification.Accepted).ShouldBe((true, null, 1));
        await ShouldHaveSentAsync(1);
    }

    [Fact]
    public async Task Accept_FiftyTimesAtOnce_IsOneSend()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => AcceptAsync(Key))));

        results.Count(result => result.Value is { IsReplay: false }).ShouldBe(1);
        results.Count(result => result.Failure is Failure.InFlight).ShouldBe(49);
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM notification")).ShouldBe(1);
        (await Books.OfAsync(dispatch)).Held.ShouldBe(1);
    }

    [Fact]
    public async Task Send_RefusedSend_LeavesTheKeyFree()
    {
        await dispatch.ExecuteAsync("UPDATE organization SET credit_available = 0");
        (await SendAsync(Key)).Failure.ShouldBeOfType<Failure.InsufficientCredits>();
        await dispatch.ExecuteAsync("UPDATE organization SET credit_available = 10");

        (await SendAsync(Key)).Value!.IsReplay.ShouldBeFalse();

        await ShouldHaveSentAsync(1);
    }

    [Fact]
    public async Task Send_ADayLater_IsANewSend()
    {
        await SendAsync(Key);
        dispatch.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        (await SendAsync(Key)).Value!.IsReplay.ShouldBeTrue();

        dispatch.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await SendAsync(Key)).Value!.IsReplay.ShouldBeFalse();

        await ShouldHaveSentAsync(2);
    }

    [Fact]
    public async Task Send_SameKeyOfAnotherOrganization_IsItsOwn()
    {
        var other = await dispatch.Seed.OrganizationAsync();
        await dispatch.Seed.DeviceAsync(caller: other);
        await SendAsync(Key);

        var theirs = await dispatch.Node.Send.RunAsync(Request(Key) with { Caller = other }, CancellationToken.None, CancellationToken.None);

        theirs.Value!.IsReplay.ShouldBeFalse();
        theirs.Value.Notification.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task Send_DryRun_CountsEverythingAndKeepsNothing()
    {
        var result = await dispatch.Node.Send.RunAsync(Request(Key) with { DryRun = true }, CancellationToken.None, CancellationToken.None);

        result.Value!.IsDryRun.ShouldBeTrue();
        result.Value.Notification.TotalTargets.ShouldBe(1);
        await ShouldHaveSentAsync(0);
        (await SendAsync(Key)).Value!.IsReplay.ShouldBeFalse("the key was not used up");
    }

    private SendRequest Request(IdempotencyKey key) => dispatch.Request(new Target.Everyone()) with { Once = key };

    private Task<Result<AcceptedNotification>> SendAsync(IdempotencyKey key) =>
        dispatch.Node.Send.RunAsync(Request(key), CancellationToken.None, CancellationToken.None);

    private Task<Result<AcceptedNotification>> AcceptAsync(IdempotencyKey key) => dispatch.Node.Accept.RunAsync(Request(key), CancellationToken.None);

    private async Task ShouldHaveSentAsync(int count)
    {
        device.Browser.MessageCount.ShouldBe(count);
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM notification")).ShouldBe(count);
        (await dispatch.ValueAsync<int>("SELECT coalesce(sum(amount), 0) FROM credit_movement WHERE kind = 'spend'")).ShouldBe(count);
    }
}
