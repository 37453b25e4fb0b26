using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Notifications;

public sealed class DeliveryBreakdownTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Of_TwoPushServicesWithFaults_AddsUpWhatTheLedgerSays()
    {
        var here = await dispatch.Seed.DevicesAsync(4);
        var windows = await dispatch.Seed.DeviceAsync(host: Device.WindowsHost);
        here[1].Browser.Remove();
        here[2].Browser.Script(new ScriptedAnswer { Status = 413 });
        here[3].Browser.Script(new ScriptedAnswer { Status = 500 });
        windows.Browser.Script(new ScriptedAnswer { Status = 413 });

        var sent = await dispatch.SendAsync(new Target.Everyone());
        var breakdown = await OfAsync(sent.Id);

        breakdown.ByPushService.Select(share => share.Origin).ShouldBe([Origin, $"https://{Device.WindowsHost}"]);
        breakdown.ByPushService[0].Ends.ShouldBe(
            new Dictionary<DeliveryEnd, int>
            {
                [DeliveryEnd.Accepted] = 1,
                [DeliveryEnd.Gone] = 1,
                [DeliveryEnd.Rejected] = 1,
                [DeliveryEnd.Pending] = 1,
            },
            ignoreOrder: true
        );
        breakdown.ByPushService[1].Ends.ShouldBe(new Dictionary<DeliveryEnd, int> { [DeliveryEnd.Rejected] = 1 });
        breakdown.ByReason[0].ShouldBe(new ReasonShare(DeliveryReason.TooLarge, 2));
        breakdown.ByReason.Skip(1).ShouldBe(
            [new ReasonShare(DeliveryReason.UnknownSubscription, 1), new ReasonShare(DeliveryReason.ServerError, 1)],
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task Of_SeveralBatches_CountsEveryRecipientOnce()
    {
        await dispatch.Seed.ManyDevicesAsync(1_100);
        var sent = await dispatch.SendAsync(new Target.Everyone());
        (await OfAsync(sent.Id)).ByPushService.ShouldBeEmpty("nobody's turn has come");

        await dispatch.Node.DrainAsync();

        (await OfAsync(sent.Id)).ByPushService.ShouldHaveSingleItem().Ends[DeliveryEnd.Accepted].ShouldBe(1_100);
    }

    [Fact]
    public void Words_OfEveryReason_SayWhatHappened()
    {
        DeliveryWords.Of(DeliveryReason.None).ShouldBeNull();
        foreach (var reason in Enum.GetValues<DeliveryReason>().Except([DeliveryReason.None]))
        {
            var words = DeliveryWords.Of(reason).ShouldNotBeNull();
            words.What.ShouldEndWith(".");
            words.ToString().ShouldStartWith(words.What);
        }
    }

    private string Origin => dispatch.PushService.HttpUrl.GetLeftPart(UriPartial.Authority);

    private Task<Breakdown> OfAsync(long notification) =>
        dispatch.Node.Get<DeliveryBreakdown>().OfAsync(dispatch.Caller, notification, CancellationToken.None);
}
