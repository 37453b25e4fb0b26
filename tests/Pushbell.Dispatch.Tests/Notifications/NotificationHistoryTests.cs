using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Tests.Notifications;

public sealed class NotificationHistoryTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    private NotificationHistory History => dispatch.Node.Get<NotificationHistory>();

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Find_WhatWasSent_SaysWhatItSaidAndWhereItStands()
    {
        var (device, gone) = (await dispatch.Seed.DeviceAsync(), await dispatch.Seed.DeviceAsync());
        gone.Browser.Remove();
        var content = new NotificationContent
        {
            Title = "Title",
            Body = "Body",
            Tag = "news",
            Url = "https://a.example/",
            TtlSeconds = 60,
            Urgency = PushUrgency.High,
            Topic = PushTopic.FromTag("news"),
        };
        var sent = await dispatch.SendAsync(dispatch.Request(new Target.Everyone()) with { Content = content });

        var found = (await History.FindAsync(dispatch.Caller, sent.Id, CancellationToken.None)).ShouldNotBeNull();
        var progress = (await History.ProgressAsync(dispatch.Caller, sent.Id, CancellationToken.None)).ShouldNotBeNull();

        found.Content.ShouldBe(content);
        (found.Notification.Accepted, found.Notification.Gone, found.Notification.Status).ShouldBe((1, 1, NotificationStatus.Completed));
        found.Notification.InvalidRegistrations.ShouldBe([gone.PublicId]);
        progress.Notification.ShouldBe(found.Notification with { InvalidRegistrations = progress.Notification.InvalidRegistrations });
        progress.Notification.InvalidRegistrations.ShouldBeEmpty();
        device.Browser.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task Find_OfAnotherServiceOrOrganization_IsNothing()
    {
        await dispatch.Seed.DeviceAsync();
        var sent = await dispatch.SendAsync(new Target.Everyone());
        foreach (var stranger in new[] { await dispatch.Seed.ServiceAsync(), await dispatch.Seed.OrganizationAsync() })
        {
            (await History.FindAsync(stranger, sent.Id, CancellationToken.None)).ShouldBeNull();
            (await History.ProgressAsync(stranger, sent.Id, CancellationToken.None)).ShouldBeNull();
            (await History.ListAsync(stranger, status: null, 10, after: null, CancellationToken.None)).ShouldBeEmpty();
        }
    }

    /// <summary>One of each status; the filter and the status of what it finds must not disagree.</summary>
    [Fact]
    public async Task List_ByStatus_HoldsThoseThatStandSo()
    {
        var devices = await dispatch.Seed.DevicesAsync(2);
        devices[1].Browser.Script(new ScriptedAnswer { Status = 503, RetryAfter = "3600", Repeat = true });
        var completed = await dispatch.SendAsync(new Target.RegistrationIds([devices[0].PublicId]));
        var processing = await dispatch.SendAsync(new Target.Everyone());
        var queued = await dispatch.SendAsync(new Target.RegistrationIds([devices[0].PublicId]), queue: true);
        var scheduled = await dispatch.SendAsync(
            dispatch.Request(new Target.RegistrationIds([devices[0].PublicId])) with { SendAt = dispatch.Clock.GetUtcNow().AddHours(1) }
        );
        var cancelled = await dispatch.SendAsync(new Target.RegistrationIds([devices[0].PublicId]), queue: true);
        await dispatch.CancelAsync(cancelled.Id);
        // Recalled when everything had ended already.
        dispatch.Clock.Advance(TimeSpan.FromSeconds(1));
        await dispatch.CancelAsync(completed.Id);

        var expected = new Dictionary<NotificationStatus, long>
        {
            [NotificationStatus.Completed] = completed.Id,
            [NotificationStatus.Processing] = processing.Id,
            [NotificationStatus.Queued] = queued.Id,
            [NotificationStatus.Scheduled] = scheduled.Id,
            [NotificationStatus.Cancelled] = cancelled.Id,
        };
        foreach (var (status, id) in expected)
        {
            var found = (await ListAsync(status)).ShouldHaveSingleItem(status.ToString());
            (found.Notification.Id, found.Notification.Status).ShouldBe((id, status));
        }

        (await ListAsync(null)).Select(sent => sent.Notification.Id).ShouldBe(expected.Values.OrderDescending());
        (await History.ListAsync(dispatch.Caller, null, 2, scheduled.Id, CancellationToken.None))
            .Select(sent => sent.Notification.Id)
            .ShouldBe([queued.Id, processing.Id]);
    }

    private Task<IReadOnlyList<SentNotification>> ListAsync(NotificationStatus? status) =>
        History.ListAsync(dispatch.Caller, status, 10, after: null, CancellationToken.None);
}
