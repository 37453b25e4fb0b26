using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>A recalled message that a push service still holds is deleted there (RFC 8030 §7.1).</summary>
public sealed class WithdrawalsTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Next_CompletedAndRecalled_WithdrawsWhatNobodyHasFetched()
    {
        await dispatch.Seed.DeviceAsync();
        for (var browser = 0; browser < 2; browser++)
        {
            await RegisterAsync(await AbsentBrowser.SubscribeAsync(dispatch.PushService));
        }

        var sent = await dispatch.SendAsync(new Target.Everyone());
        sent.Accepted.ShouldBe(3);
        (await NextAsync()).ShouldBeFalse("nobody has recalled it");
        dispatch.Clock.Advance(TimeSpan.FromSeconds(1));

        (await dispatch.CancelAsync(sent.Id)).Status.ShouldBe(NotificationStatus.Completed);
        while (await NextAsync()) { }

        var withdrawn = await dispatch.NotificationAsync(sent.Id);
        (withdrawn.Withdrawn, withdrawn.Accepted, withdrawn.Status).ShouldBe((2, 3, NotificationStatus.Completed));
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM stored_message")).ShouldBe(0, "the one that was fetched cannot be deleted any more");
    }

    [Fact]
    public async Task Next_RecalledTwice_WithdrawsOnce()
    {
        await RegisterAsync(await AbsentBrowser.SubscribeAsync(dispatch.PushService));
        var sent = await dispatch.SendAsync(new Target.Everyone());

        await dispatch.CancelAsync(sent.Id);
        while (await NextAsync()) { }

        await dispatch.CancelAsync(sent.Id);
        (await NextAsync()).ShouldBeFalse();
        (await dispatch.NotificationAsync(sent.Id)).Withdrawn.ShouldBe(1);
    }

    [Fact]
    public async Task Next_AnotherNotificationOfTheSameBrowser_StaysStored()
    {
        await RegisterAsync(await AbsentBrowser.SubscribeAsync(dispatch.PushService));
        var (kept, recalled) = (await dispatch.SendAsync(new Target.Everyone()), await dispatch.SendAsync(new Target.Everyone()));

        await dispatch.CancelAsync(recalled.Id);
        while (await NextAsync()) { }

        (await dispatch.NotificationAsync(kept.Id)).Withdrawn.ShouldBe(0);
        (await dispatch.CancelAsync(kept.Id)).Withdrawn.ShouldBe(0);
        while (await NextAsync()) { }
        (await dispatch.NotificationAsync(kept.Id)).Withdrawn.ShouldBe(1, "it was still there");
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Next_PushServiceCannotNow_TriesAgainLater(int first)
    {
        await using var messages = new MessageResource(first, 204);
        var node = dispatch.StartNode(trusted: messages.Origin);
        var sent = await RecalledAsync($"{messages.Origin}/messages/1");

        (await node.Withdrawals.NextAsync(CancellationToken.None)).ShouldBeTrue();
        (await node.Withdrawals.NextAsync(CancellationToken.None)).ShouldBeFalse("not at once");
        (await dispatch.NotificationAsync(sent)).Withdrawn.ShouldBe(0);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(30));
        (await node.Withdrawals.NextAsync(CancellationToken.None)).ShouldBeTrue();

        (await dispatch.NotificationAsync(sent)).Withdrawn.ShouldBe(1);
        messages.Requests.ShouldAllBe(line => line == "DELETE /messages/1 HTTP/1.1");
        messages.Requests.Count.ShouldBe(2);
        dispatch.Clock.Advance(TimeSpan.FromHours(1));
        (await node.Withdrawals.NextAsync(CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Next_NobodyListens_TriesAgainUntilTheTtlHasEnded()
    {
        string origin;
        await using (var gone = new MessageResource())
        {
            origin = gone.Origin;
        }

        var node = dispatch.StartNode(trusted: origin);
        var sent = await RecalledAsync($"{origin}/messages/1");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            (await node.Withdrawals.NextAsync(CancellationToken.None)).ShouldBeTrue();
            (await node.Withdrawals.NextAsync(CancellationToken.None)).ShouldBeFalse();
            dispatch.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        (await dispatch.NotificationAsync(sent)).Withdrawn.ShouldBe(0);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(NotificationContent.DefaultTtlSeconds));
        await node.Sweeper.SweepAsync(CancellationToken.None);
        (await node.Withdrawals.NextAsync(CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Next_ProcessStopsMidway_ComesBackAfterAMinute()
    {
        await using var messages = new MessageResource(MessageResource.Hangs, 204);
        var node = dispatch.StartNode(trusted: messages.Origin);
        var sent = await RecalledAsync($"{messages.Origin}/messages/1");
        using var stop = new CancellationTokenSource();
        var stopped = node.Withdrawals.NextAsync(stop.Token);
        await Eventually.BecomesTrueAsync(() => messages.Requests.Count == 1, "it is on the way");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => stopped);

        (await node.Withdrawals.NextAsync(CancellationToken.None)).ShouldBeFalse("its claim lasts a minute");
        dispatch.Clock.Advance(TimeSpan.FromMinutes(1));
        (await node.Withdrawals.NextAsync(CancellationToken.None)).ShouldBeTrue();

        (await dispatch.NotificationAsync(sent)).Withdrawn.ShouldBe(1);
    }

    [Fact]
    public async Task Next_AcceptedAfterTheRecall_IsWithdrawnToo()
    {
        await using var messages = new MessageResource(204);
        await dispatch.Seed.DeviceAsync();
        var key = (await dispatch.AcceptAsync(new Target.Everyone())).Lease!.Value;
        var work = (await BatchState.LoadAsync(dispatch, key)).ShouldNotBeNull();
        await dispatch.CancelAsync(key.NotificationId);
        var accepted = Attempt.Ended(0, DeliveryEnd.Accepted, DeliveryReason.None) with { Location = new Uri($"{messages.Origin}/messages/1") };

        await dispatch.Node.Settlement.ReleaseAsync(work, [accepted], nextDue: null);
        (await dispatch.StartNode(trusted: messages.Origin).Withdrawals.NextAsync(CancellationToken.None)).ShouldBeTrue();

        var notification = await dispatch.NotificationAsync(key.NotificationId);
        (notification.Accepted, notification.Withdrawn).ShouldBe((1, 1));
    }

    /// <summary>A notification that was accepted, is held there, and has been recalled.</summary>
    private async Task<long> RecalledAsync(string location)
    {
        await dispatch.Seed.DeviceAsync();
        var sent = await dispatch.SendAsync(new Target.Everyone());
        await dispatch.ExecuteAsync("UPDATE stored_message SET locations = @locations", new { locations = $"""["{location}"]""" });
        await dispatch.CancelAsync(sent.Id);
        return sent.Id;
    }

    private Task RegisterAsync(Pushbell.WebPush.PushSubscription subscription) =>
        dispatch.Seed.RegisterAsync(new NewRegistration(dispatch.Caller, subscription));

    private Task<bool> NextAsync() => dispatch.Node.Withdrawals.NextAsync(CancellationToken.None);
}
