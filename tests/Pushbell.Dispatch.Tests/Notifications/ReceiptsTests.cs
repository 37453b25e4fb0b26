using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Notifications;

public sealed class ReceiptsTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Count_OfABroadcastInManyBatches_FindsEachRecipientOnce()
    {
        var devices = await dispatch.Seed.ManyDevicesAsync(1_203);
        var notification = await dispatch.SendAsync(new Target.Everyone());
        (await dispatch.Node.DrainAsync()).ShouldBe(3);
        var reporting = devices.Where((_, at) => at % 7 == 0 || at is 499 or 500 or 999 or 1_000 or 1_202).ToArray();

        // All at once, and each three times.
        var counted = await Task.WhenAll(
            reporting.SelectMany(device => Enumerable.Repeat(device.Id, 3)).Select(id => CountAsync(id, notification.Id, ReceiptEvents.Shown))
        );

        counted.Sum().ShouldBe(reporting.Length);
        (await dispatch.NotificationAsync(notification.Id)).Receipts.ShouldBe(new ReceiptCounts(reporting.Length, 0, 0, 0));
        var marked = await dispatch.ListAsync<byte[]>("SELECT receipts FROM batch ORDER BY id");
        marked.Sum(flags => flags.Count(flag => flag == (byte)ReceiptEvents.Shown)).ShouldBe(reporting.Length);
    }

    [Fact]
    public async Task Count_BeforeItsDeliveryIsSettled_IsCounted()
    {
        var device = await dispatch.Seed.DeviceAsync();
        var accepted = await dispatch.AcceptAsync(new Target.RegistrationIds([PublicId.Registration(device.Id)]));

        (await CountAsync(device.Id, accepted.Notification.Id, ReceiptEvents.Shown)).ShouldBe(1);
    }

    [Fact]
    public async Task Count_OfACancelledDelivery_IsNotCounted()
    {
        var device = await dispatch.Seed.DeviceAsync();
        var accepted = await dispatch.AcceptAsync(new Target.RegistrationIds([PublicId.Registration(device.Id)]), queue: true);
        await dispatch.Node.End.DeregisterAsync(dispatch.Caller, device.Id, "test", CancellationToken.None);
        await dispatch.Node.DrainAsync();

        (await CountAsync(device.Id, accepted.Notification.Id, ReceiptEvents.Shown)).ShouldBe(0);
    }

    [Fact]
    public async Task Count_BetweenRecipientsOrOutsideThem_IsNotCounted()
    {
        var devices = await dispatch.Seed.ManyDevicesAsync(3);
        var notification = await dispatch.SendAsync(new Target.RegistrationIds([PublicId.Registration(devices[0].Id), PublicId.Registration(devices[2].Id)]));

        (await CountAsync(devices[1].Id, notification.Id, ReceiptEvents.Clicked)).ShouldBe(0);
        (await CountAsync(devices[0].Id - 1, notification.Id, ReceiptEvents.Clicked)).ShouldBe(0);
        (await CountAsync(devices[2].Id + 1, notification.Id, ReceiptEvents.Clicked)).ShouldBe(0);
        (await CountAsync(devices[2].Id, notification.Id, ReceiptEvents.Clicked)).ShouldBe(1);
    }

    [Fact]
    public async Task Count_AfterAFailedWrite_GoesOn()
    {
        var device = await dispatch.Seed.DeviceAsync();
        var notification = await dispatch.SendAsync(new Target.RegistrationIds([PublicId.Registration(device.Id)]));
        await dispatch.ExecuteAsync("ALTER TABLE batch RENAME COLUMN receipts TO receipts_away");
        await Should.ThrowAsync<Exception>(() => CountAsync(device.Id, notification.Id, ReceiptEvents.Shown));
        await dispatch.ExecuteAsync("ALTER TABLE batch RENAME COLUMN receipts_away TO receipts");

        (await CountAsync(device.Id, notification.Id, ReceiptEvents.Shown)).ShouldBe(1);
    }

    private Task<int> CountAsync(long registration, long notification, ReceiptEvents happened) =>
        dispatch.Node.Receipts.CountAsync(new RegistrationHolder(dispatch.Caller, registration, ""), [new Receipt(notification, happened)]);
}
