using System.Text.Json;
using Pushbell.LocalPushService.Faults;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1;

/// <summary><see cref="Room.Rebound"/> And what subscribing, sending and unsubscribing do to each other, within one tenant and between two.</summary>
public sealed class SubscriptionTests(SubscriptionTests.Setting setting) : IClassFixture<SubscriptionTests.Setting>
{
    private static readonly string Nobody = Row.Error("No active subscriptions found for this email.");

    private RunningServer Server => setting.Server;

    [Fact]
    public async Task Send_ToADevice_ArrivesWithTitleBodyAndUrl()
    {
        var device = await Server.SubscribeAsync("guest@example.com");

        await Server.AskAsync(
            new V1Request(
                "/send",
                """{"email":"guest@example.com","title":"予約 🍽️","body":"Head to the host stand","url":"https://your-site.com/reservation/abc123"}"""
            )
        );

        var message = device.Messages.ShouldHaveSingleItem();
        using var content = JsonDocument.Parse(message.Text!);
        var shown = content.RootElement.GetProperty("notification");
        shown.GetProperty("title").GetString().ShouldBe("予約 🍽️");
        shown.GetProperty("body").GetString().ShouldBe("Head to the host stand");
        shown.GetProperty("navigate").GetString().ShouldBe("https://your-site.com/reservation/abc123");
    }

    [Fact]
    public async Task Send_OfTheLargestPayload_IsDelivered_AndAByteMoreIsRefusedNamingTheExcess()
    {
        var device = await Server.SubscribeAsync("reader@example.com");
        var tooLong = new string('b', 4000);
        var refused = await SendAsync(tooLong);
        refused.Status.ShouldBe(400);
        var excess = int.Parse(refused.Body.Split("The notification is ")[1].Split(' ')[0]);

        (await SendAsync(tooLong[(excess - 1)..])).Body.ShouldContain("The notification is 1 bytes too large");
        (await SendAsync(tooLong[excess..])).ShouldBe(200, """{"sent":1,"failed":0,"credits":null}""");

        device.Messages.ShouldHaveSingleItem().Body.Length.ShouldBe(4096);

        Task<V1Answer> SendAsync(string body) =>
            Server.AskAsync(new V1Request("/send", $$"""{"email":"reader@example.com","title":"T","body":"{{body}}"}"""));
    }

    [Fact]
    public async Task Subscribe_TheSameEndpointAgain_RebindsItToTheNewEmail_WithItsNewKeys()
    {
        var device = await Server.SubscribeAsync("first@example.com");
        var renewed = Server.PushService.CreateSubscription();
        var body = V1Calls.SubscribeBody("second@example.com", renewed).Replace(renewed.Endpoint, device.Endpoint);

        (await Server.AskAsync(new V1Request("/subscribe", body))).ShouldBe(201, """{"ok":true}""");

        (await Server.SendAsync("first@example.com")).ShouldBe(404, Nobody);
        (await Server.SendAsync("second@example.com")).ShouldBe(200, """{"sent":1,"failed":0,"credits":null}""");
        // It was encrypted for the new keys, which the old ones cannot open.
        device.Messages.ShouldHaveSingleItem().DecryptionError.ShouldNotBeNull();
    }

    [Fact]
    public async Task Subscribe_AfterGoneOrUnsubscribed_IsReachedAgain()
    {
        var device = await Server.SubscribeAsync("back@example.com", new ScriptedAnswer { Status = 410 });
        (await Server.SendAsync("back@example.com")).ShouldBe(200, """{"sent":0,"failed":1,"credits":null}""");
        (await Server.UnsubscribeAsync("back@example.com")).ShouldBe(0);

        await Server.AskAsync(new V1Request("/subscribe", V1Calls.SubscribeBody("back@example.com", device)));

        (await Server.SendAsync("back@example.com")).ShouldBe(200, """{"sent":1,"failed":0,"credits":null}""");
        (await Server.UnsubscribeAsync("back@example.com")).ShouldBe(1);
        (await Server.SendAsync("back@example.com")).ShouldBe(404, Nobody);
        (await Server.UnsubscribeAsync("back@example.com")).ShouldBe(0);
    }

    [Fact]
    public async Task Send_ByAnotherTenant_ReachesNobodyOfOurs()
    {
        var device = await Server.SubscribeAsync("ours@example.com");

        (await Server.SendAsync("ours@example.com", setting.StrangersKey)).ShouldBe(404, Nobody);
        var removed = await Server.AskAsync(
            new V1Request("/unsubscribe", """{"email":"ours@example.com"}""") { Key = setting.StrangersKey }
        );

        removed.ShouldBe(200, """{"removed":0}""");
        device.MessageCount.ShouldBe(0);
        (await Server.SendAsync("ours@example.com")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Send_ToADeviceRegisteredThroughV2_ReachesIt()
    {
        var client = await Server.RegisterAsync("Both@Example.com");

        (await Server.SendAsync("both@example.com")).ShouldBe(200, """{"sent":1,"failed":0,"credits":null}""");
        client.Subscription.MessageCount.ShouldBe(1);
    }

    public sealed class Setting : SharedServer
    {
        /// <summary>An API key of a second organization.</summary>
        public string StrangersKey { get; private set; } = "";

        protected override async Task FillAsync() => StrangersKey = await Server.AddServiceAsync("strangers");
    }
}
