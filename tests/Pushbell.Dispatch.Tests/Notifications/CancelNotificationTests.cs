using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Notifications;

/// <summary>What nobody works on ends cancelled at once, with its quota and credits; nothing of it is claimed or sent any more.</summary>
public sealed class CancelNotificationTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(credits: 500);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_BeforeItBegins_EndsEveryDelivery(bool scheduled)
    {
        await dispatch.Seed.DevicesAsync(3);
        var accepted = await dispatch.AcceptAsync(
            dispatch.Request(new Target.Everyone(), queue: true) with { SendAt = scheduled ? dispatch.Clock.GetUtcNow().AddHours(1) : null }
        );

        var cancelled = await dispatch.CancelAsync(accepted.Notification.Id);

        (cancelled.Status, cancelled.Cancelled, cancelled.Pending).ShouldBe((NotificationStatus.Cancelled, 3, 0));
        cancelled.CancelledAt.ShouldBe(dispatch.Clock.GetUtcNow());
        cancelled.CompletedAt.ShouldBe(dispatch.Clock.GetUtcNow());
        (await dispatch.StatesAsync(cancelled.Id)).ShouldAllBe(state => state.Reason == DeliveryReason.CancelledByRequest);
        await ShouldHaveCostAsync(0);
        await ShouldSendNothingMoreAsync(posts: 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_BroadcastBeforeItBegins_EndsItWithoutABatch(bool scheduled)
    {
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 120).Select(id => (long)id));
        var accepted = await dispatch.AcceptAsync(
            dispatch.Request(new Target.Everyone()) with { SendAt = scheduled ? dispatch.Clock.GetUtcNow().AddHours(1) : null }
        );

        var cancelled = await dispatch.CancelAsync(accepted.Notification.Id);

        (cancelled.Status, cancelled.Cancelled, cancelled.Pending).ShouldBe((NotificationStatus.Cancelled, 120, 0));
        await ShouldHaveCostAsync(0);
        await ShouldSendNothingMoreAsync(posts: 0);
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM batch")).ShouldBe(0);
    }

    [Fact]
    public async Task Cancel_WaitingForARetry_EndsThatAndKeepsWhatWasAccepted()
    {
        var devices = await dispatch.Seed.DevicesAsync(3);
        devices[1].Browser.Script(new ScriptedAnswer { Status = 503, RetryAfter = "60", Repeat = true });
        devices[2].Browser.Remove();
        var sent = await dispatch.SendAsync(new Target.Everyone());
        sent.Pending.ShouldBe(1);

        var cancelled = await dispatch.CancelAsync(sent.Id);

        (cancelled.Status, cancelled.Accepted, cancelled.Gone, cancelled.Cancelled, cancelled.Pending).ShouldBe(
            (NotificationStatus.Cancelled, 1, 1, 1, 0)
        );
        await ShouldHaveCostAsync(1);
        await ShouldSendNothingMoreAsync(posts: 3);
    }

    [Fact]
    public async Task Cancel_ListInSeveralBatches_EndsThemAll()
    {
        await dispatch.ExecuteAsync("UPDATE organization SET credit_available = NULL");
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 1_100).Select(id => (long)id));
        var everybody = new Target.RegistrationIds([.. Enumerable.Range(1, 1_100).Select(id => PublicId.Registration(id))]);
        var accepted = await dispatch.AcceptAsync(everybody);

        var cancelled = await dispatch.CancelAsync(accepted.Notification.Id);

        (cancelled.Cancelled, cancelled.Pending).ShouldBe((1_100, 0));
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM batch WHERE due_at IS NOT NULL")).ShouldBe(0);
        (await dispatch.ValueAsync<int>("SELECT sum(used) FROM quota_window")).ShouldBe(0);
    }

    [Fact]
    public async Task Cancel_Twice_ChangesNothing()
    {
        await dispatch.Seed.DevicesAsync(3);
        var accepted = await dispatch.AcceptAsync(new Target.Everyone(), queue: true);
        var first = await dispatch.CancelAsync(accepted.Notification.Id);
        dispatch.Clock.Advance(TimeSpan.FromMinutes(1));

        var second = await dispatch.CancelAsync(accepted.Notification.Id);

        second.CancelledAt.ShouldBe(first.CancelledAt);
        (second.Cancelled, second.Status).ShouldBe((3, NotificationStatus.Cancelled));
        await ShouldHaveCostAsync(0);
    }

    [Fact]
    public async Task Cancel_ManyAtOnce_GivesBackOnce()
    {
        await dispatch.Seed.DevicesAsync(3);
        var accepted = await dispatch.AcceptAsync(new Target.Everyone(), queue: true);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => dispatch.CancelAsync(accepted.Notification.Id))));

        await ShouldHaveCostAsync(0);
    }

    [Fact]
    public async Task Cancel_ByAnotherServiceOrOrganization_IsNotFoundAndRecallsNothing()
    {
        await dispatch.Seed.DevicesAsync(2);
        var accepted = await dispatch.AcceptAsync(new Target.Everyone(), queue: true);
        foreach (var stranger in new[] { await dispatch.Seed.ServiceAsync(), await dispatch.Seed.OrganizationAsync() })
        {
            var result = await dispatch.Node.Cancel.RunAsync(stranger, accepted.Notification.Id, CancellationToken.None);
            result.Failure.ShouldBeOfType<Failure.NotFound>();
        }

        (await dispatch.Node.Cancel.RunAsync(dispatch.Caller, 1, CancellationToken.None)).Failure.ShouldBeOfType<Failure.NotFound>();
        await dispatch.Node.DrainAsync();
        (await dispatch.NotificationAsync(accepted.Notification.Id)).Accepted.ShouldBe(2);
    }

    [Fact]
    public async Task Cancel_Completed_StaysCompleted()
    {
        await dispatch.Seed.DevicesAsync(2);
        var sent = await dispatch.SendAsync(new Target.Everyone());
        dispatch.Clock.Advance(TimeSpan.FromMinutes(1));

        var cancelled = await dispatch.CancelAsync(sent.Id);

        (cancelled.Status, cancelled.Accepted, cancelled.Cancelled).ShouldBe((NotificationStatus.Completed, 2, 0));
        cancelled.CompletedAt.ShouldBe(sent.CompletedAt);
        await ShouldHaveCostAsync(2);
    }

    private async Task ShouldHaveCostAsync(int accepted)
    {
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(500 - accepted, 0, accepted, 500));
        (await dispatch.ListAsync<int>("SELECT used FROM quota_window")).ShouldBe([accepted, accepted]);
    }

    private async Task ShouldSendNothingMoreAsync(int posts)
    {
        dispatch.Clock.Advance(TimeSpan.FromHours(2));
        (await dispatch.Node.NextAsync()).ShouldBeNull();
        dispatch.PushService.Counters.Posts.ShouldBe(posts);
    }
}
