using System.Net;
using System.Text;
using Pushbell.LocalPushService.Gcm.Mcs;
using Pushbell.LocalPushService.Gcm.Protobuf;

namespace Pushbell.LocalPushService.Tests.Gcm;

public sealed class MessageConnectionTests : LocalPushTest
{
    private const string AndroidId = "4242";
    private const string Subtype = "wp:https://example.com/#1";

    [Fact]
    public async Task Push_ToAConnectedBrowser_ComesAsDataMessage()
    {
        var endpoint = await SubscribeAsync();
        await using var browser = await ChromiumSide.LogInAsync(Server, AndroidId);

        await PushAsync(endpoint, "sealed");

        var message = await browser.ReceiveMessageAsync();
        message.Text(3).ShouldBe(Sender.PublicKey);
        message.Text(5).ShouldBe("org.chromium.test");
        message.Text(9).ShouldBe(message.Text(2));
        message.Number(17).ShouldBe(60UL);
        message.Number(18).ShouldBe((ulong)Clock.GetUtcNow().ToUnixTimeMilliseconds());
        message.Text(21).ShouldBe("sealed");
        message.Number(24).ShouldBe(1UL);
        Properties(message).ShouldBe(new Dictionary<string, string> { ["subtype"] = Subtype, ["content-encoding"] = "aes128gcm" });
    }

    [Fact]
    public async Task Push_WithoutContent_HasNeitherBodyNorEncoding()
    {
        var endpoint = await SubscribeAsync();
        await using var browser = await ChromiumSide.LogInAsync(Server, AndroidId);

        await PushAsync(endpoint, "");

        var message = await browser.ReceiveMessageAsync();
        message.Text(21).ShouldBeNull();
        Properties(message).ShouldBe(new Dictionary<string, string> { ["subtype"] = Subtype });
    }

    [Fact]
    public async Task Push_WhileAway_WaitsForTheBrowserInOrder()
    {
        var endpoint = await SubscribeAsync();
        await PushAsync(endpoint, "one");
        await PushAsync(endpoint, "two");

        await using var browser = await ChromiumSide.LogInAsync(Server, AndroidId);

        (await browser.ReceiveMessageAsync()).Text(21).ShouldBe("one");
        (await browser.ReceiveMessageAsync()).Text(21).ShouldBe("two");
    }

    [Fact]
    public async Task Heartbeat_NamesTheLastFrame_AcknowledgesUpToIt()
    {
        var endpoint = await SubscribeAsync();
        var first = await ChromiumSide.LogInAsync(Server, AndroidId);
        foreach (var content in (string[])["one", "two", "three"])
        {
            await PushAsync(endpoint, content);
            await first.ReceiveMessageAsync();
        }

        // Frame 1 was the answer to the login.
        await first.PingAsync(lastFrameReceived: 3);
        Server.Counters.Acknowledged.ShouldBe(2);
        await first.DisposeAsync();

        await using var second = await ChromiumSide.LogInAsync(Server, AndroidId);
        (await second.ReceiveMessageAsync()).Text(21).ShouldBe("three");
        await second.PingAsync();
    }

    [Fact]
    public async Task IqStanza_SelectiveAcknowledgement_AcknowledgesWhatItNames()
    {
        var endpoint = await SubscribeAsync();
        await using var browser = await ChromiumSide.LogInAsync(Server, AndroidId);
        await PushAsync(endpoint, "one");
        await browser.ReceiveMessageAsync();
        await PushAsync(endpoint, "two");
        var second = await browser.ReceiveMessageAsync();

        var extension = new ProtobufWriter().Number(1, 12).Message(2, new ProtobufWriter().Text(1, second.Text(9)!));
        await browser.SendAsync(McsTag.IqStanza, new ProtobufWriter().Number(2, 1).Text(3, "").Message(7, extension));

        await browser.PingAsync();
        Server.Counters.Acknowledged.ShouldBe(1);
        await using var later = await ChromiumSide.LogInAsync(Server, AndroidId);
        (await later.ReceiveMessageAsync()).Text(21).ShouldBe("one");
        await later.PingAsync();
    }

    [Fact]
    public async Task IqStanza_StreamAcknowledgement_AcknowledgesUpToTheFrame()
    {
        var endpoint = await SubscribeAsync();
        await using var browser = await ChromiumSide.LogInAsync(Server, AndroidId);
        await PushAsync(endpoint, "one");
        await browser.ReceiveMessageAsync();

        var extension = new ProtobufWriter().Number(1, 13).Bytes(2, []);
        await browser.SendAsync(McsTag.IqStanza, new ProtobufWriter().Number(2, 1).Text(3, "").Message(7, extension).Number(10, 2));

        await browser.PingAsync();
        Server.Counters.Acknowledged.ShouldBe(1);
    }

    [Fact]
    public async Task LogIn_NamesMessagesItHas_IsNotSentThemAgain()
    {
        var endpoint = await SubscribeAsync();
        var first = await ChromiumSide.LogInAsync(Server, AndroidId);
        await PushAsync(endpoint, "one");
        var received = await first.ReceiveMessageAsync();
        await first.DisposeAsync();

        await using var second = await ChromiumSide.LogInAsync(Server, AndroidId, received.Text(9)!);
        await second.PingAsync();
        await PushAsync(endpoint, "two");

        (await second.ReceiveMessageAsync()).Text(21).ShouldBe("two");
    }

    [Fact]
    public async Task LogIn_SecondConnectionOfABrowser_CutsTheFirst()
    {
        await using var first = await ChromiumSide.LogInAsync(Server, AndroidId);

        await using var second = await ChromiumSide.LogInAsync(Server, AndroidId);

        await first.ShouldBeCutAsync();
        await second.PingAsync();
    }

    [Fact]
    public async Task Connect_OtherVersionOrNoLogin_IsCut()
    {
        await using var old = await ChromiumSide.OpenAsync(Server, version: 7);
        await old.ShouldBeCutAsync();

        await using var silent = await ChromiumSide.OpenAsync(Server);
        await silent.SendAsync(McsTag.HeartbeatPing, new ProtobufWriter());
        await silent.ShouldBeCutAsync();
    }

    [Fact]
    public async Task Close_ByTheBrowser_EndsTheConnection()
    {
        await using var browser = await ChromiumSide.LogInAsync(Server, AndroidId);

        await browser.SendAsync(McsTag.Close, new ProtobufWriter());

        await browser.ShouldBeCutAsync();
    }

    [Fact]
    public async Task ForgetBrowsers_ConnectedBrowser_IsCutAndItsSubscriptionsAreGone()
    {
        var endpoint = await SubscribeAsync();
        await using var browser = await ChromiumSide.LogInAsync(Server, AndroidId);

        Server.ForgetBrowsers();

        await browser.ShouldBeCutAsync();
        using var answer = await Http.SendAsync(Sender.Push(endpoint, []));
        answer.StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    private static Dictionary<string, string> Properties(ProtobufMessage message) =>
        message.Texts(7).Select(text => ProtobufMessage.Parse(Encoding.UTF8.GetBytes(text))).ToDictionary(pair => pair.Text(1)!, pair => pair.Text(2)!);

    private async Task<Uri> SubscribeAsync()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["app"] = "org.chromium.test",
            ["device"] = AndroidId,
            ["X-subtype"] = Subtype,
            ["sender"] = Sender.PublicKey,
        });
        using var answer = await Http.PostAsync("register", form);
        var token = (await answer.Content.ReadAsStringAsync())["token=".Length..];
        return new Uri("https://jmt17.google.com/fcm/send/" + token);
    }

    private async Task PushAsync(Uri endpoint, string content)
    {
        using var answer = await Http.SendAsync(Sender.Push(endpoint, Encoding.UTF8.GetBytes(content)));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }
}
