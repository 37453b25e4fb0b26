using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;

namespace Pushbell.LocalPushService.Tests.Autopush;

public sealed class AutopushTests : LocalPushTest
{
    private static readonly byte[] Body = [1, 2, 3, 250];

    [Fact]
    public async Task Hello_KnownUaid_IsKeptAndAnUnknownOneReplaced()
    {
        using var first = await FirefoxSide.ConnectAsync(Server);
        using var again = await FirefoxSide.ConnectAsync(Server, first.Uaid);
        using var stranger = await FirefoxSide.ConnectAsync(Server, "00000000000000000000000000000000");

        again.Uaid.ShouldBe(first.Uaid);
        stranger.Uaid.ShouldNotBe("00000000000000000000000000000000");
        stranger.Uaid.ShouldNotBe(first.Uaid);
    }

    [Fact]
    public async Task Hello_SecondConnectionOfABrowser_CutsTheFirst()
    {
        using var first = await FirefoxSide.ConnectAsync(Server);

        using var second = await FirefoxSide.ConnectAsync(Server, first.Uaid);

        await first.ShouldBeCutAsync();
        await second.PingAsync();
    }

    [Theory]
    [InlineData("""{"messageType":"register","channelID":"c"}""")]
    [InlineData("no json")]
    [InlineData("[]")]
    public async Task Connect_AnythingButHelloFirst_EndsTheConnection(string text)
    {
        using var browser = await FirefoxSide.OpenAsync(Server);

        await browser.SendAsync(text);

        await browser.ShouldBeCutAsync();
    }

    [Fact]
    public async Task Push_ToAConnectedBrowser_ComesAsNotificationAndIsConfirmed()
    {
        using var browser = await FirefoxSide.ConnectAsync(Server);
        var endpoint = await browser.SubscribeAsync("channel-1", Sender.PublicKey);

        await PushAsync(endpoint, Body);

        var notification = await browser.ReceiveAsync();
        ((string)notification["messageType"]!).ShouldBe("notification");
        ((string)notification["channelID"]!).ShouldBe("channel-1");
        ((string)notification["data"]!).ShouldBe(Base64Url.EncodeToString(Body));
        ((string)notification["headers"]!["encoding"]!).ShouldBe("aes128gcm");

        await browser.AcknowledgeAsync(notification, 101);
        await browser.PingAsync();
        Server.Counters.Acknowledged.ShouldBe(1);
        Server.Counters.ByAcknowledgement.ShouldBe(new Dictionary<int, long> { [101] = 1 });
    }

    [Fact]
    public async Task Push_WithoutContent_HasNeitherDataNorHeaders()
    {
        using var browser = await FirefoxSide.ConnectAsync(Server);
        var endpoint = await browser.SubscribeAsync("c");

        await PushAsync(endpoint, []);

        var notification = await browser.ReceiveAsync();
        notification.ShouldNotContainKey("data");
        notification.ShouldNotContainKey("headers");
    }

    [Fact]
    public async Task Push_WhileAway_WaitsForTheBrowserInOrder()
    {
        using var before = await FirefoxSide.ConnectAsync(Server);
        var endpoint = await before.SubscribeAsync("c");
        await before.CloseAsync();
        await PushAsync(endpoint, [1]);
        await PushAsync(endpoint, [2]);

        using var after = await FirefoxSide.ConnectAsync(Server, before.Uaid);

        Data(await after.ReceiveAsync()).ShouldBe([1]);
        Data(await after.ReceiveAsync()).ShouldBe([2]);
    }

    [Fact]
    public async Task Push_NotAcknowledged_IsDeliveredAgainOnTheNextConnection()
    {
        using var before = await FirefoxSide.ConnectAsync(Server);
        var endpoint = await before.SubscribeAsync("c");
        await PushAsync(endpoint, [1]);
        await PushAsync(endpoint, [2]);
        await before.AcknowledgeAsync(await before.ReceiveAsync());
        var lost = await before.ReceiveAsync();
        await before.CloseAsync();

        using var after = await FirefoxSide.ConnectAsync(Server, before.Uaid);

        var again = await after.ReceiveAsync();
        ((string)again["version"]!).ShouldBe((string)lost["version"]!);
        await after.PingAsync();
    }

    [Fact]
    public async Task Nack_ServiceWorkerFailed_IsCountedAndNotSentAgain()
    {
        using var before = await FirefoxSide.ConnectAsync(Server);
        await PushAsync(await before.SubscribeAsync("c"), Body);
        var notification = await before.ReceiveAsync();
        await before.SendAsync(new JsonObject { ["messageType"] = "nack", ["version"] = (string)notification["version"]!, ["code"] = 302 });
        await before.CloseAsync();

        using var after = await FirefoxSide.ConnectAsync(Server, before.Uaid);

        await after.PingAsync();
        Server.Counters.ByAcknowledgement.ShouldBe(new Dictionary<int, long> { [302] = 1 });
    }

    [Fact]
    public async Task Register_SameChannelAgain_KeepsItsEndpoint()
    {
        using var browser = await FirefoxSide.ConnectAsync(Server);

        var endpoint = await browser.SubscribeAsync("c", Sender.PublicKey);

        (await browser.SubscribeAsync("c", Sender.PublicKey)).ShouldBe(endpoint);
        (await browser.SubscribeAsync("d", Sender.PublicKey)).ShouldNotBe(endpoint);
    }

    [Fact]
    public async Task Register_KeyThatIsNone_IsRefused()
    {
        using var browser = await FirefoxSide.ConnectAsync(Server);

        var answer = await browser.RegisterAsync("c", "AAAA");

        ((int)answer["status"]!).ShouldBe(400);
        answer.ShouldNotContainKey("pushEndpoint");
    }

    [Fact]
    public async Task Unregister_Channel_MakesItsEndpointGone()
    {
        using var browser = await FirefoxSide.ConnectAsync(Server);
        var endpoint = await browser.SubscribeAsync("c");

        var answer = await browser.AskAsync(new JsonObject { ["messageType"] = "unregister", ["channelID"] = "c", ["code"] = 200 });

        ((int)answer["status"]!).ShouldBe(200);
        (await SendAsync(endpoint, Body)).ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task ForgetBrowsers_ConnectedBrowser_IsCutAndLosesUaidAndSubscriptions()
    {
        using var before = await FirefoxSide.ConnectAsync(Server);
        var endpoint = await before.SubscribeAsync("c");

        Server.ForgetBrowsers();

        await before.ShouldBeCutAsync();
        using var after = await FirefoxSide.ConnectAsync(Server, before.Uaid);
        after.Uaid.ShouldNotBe(before.Uaid);
        (await SendAsync(endpoint, Body)).ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task DeleteBrowsers_OverHttp_ForgetsThem()
    {
        using var browser = await FirefoxSide.ConnectAsync(Server);

        using var answer = await Http.DeleteAsync("browsers");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await browser.ShouldBeCutAsync();
    }

    private static byte[] Data(JsonObject notification) => Base64Url.DecodeFromChars((string)notification["data"]!);

    private async Task PushAsync(Uri endpoint, byte[] body) => (await SendAsync(endpoint, body)).ShouldBe(HttpStatusCode.Created);

    private async Task<HttpStatusCode> SendAsync(Uri endpoint, byte[] body)
    {
        using var answer = await Http.SendAsync(Sender.Push(endpoint, body));
        return answer.StatusCode;
    }
}
