using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Pushbell.LocalPushService.Tests.Autopush;

/// <summary>Speaks Firefox's side of the autopush protocol.</summary>
internal sealed class FirefoxSide : IDisposable
{
    private readonly ClientWebSocket socket = new();

    public string Uaid { get; private set; } = "";

    public static async Task<FirefoxSide> ConnectAsync(LocalPushServer server, string? uaid = null)
    {
        var browser = await OpenAsync(server);
        var hello = new JsonObject { ["messageType"] = "hello", ["broadcasts"] = new JsonObject(), ["use_webpush"] = true };
        if (uaid is not null)
            hello["uaid"] = uaid;

        var answer = await browser.AskAsync(hello);
        ((string)answer["messageType"]!).ShouldBe("hello");
        ((int)answer["status"]!).ShouldBe(200);
        ((bool)answer["use_webpush"]!).ShouldBeTrue();
        browser.Uaid = (string)answer["uaid"]!;
        return browser;
    }

    public static async Task<FirefoxSide> OpenAsync(LocalPushServer server)
    {
        var browser = new FirefoxSide();
        browser.socket.Options.AddSubProtocol("push-notification");
        await browser.socket.ConnectAsync(server.FirefoxServerUrl, TestContext.Current.CancellationToken);
        browser.socket.SubProtocol.ShouldBe("push-notification");
        return browser;
    }

    public Task<JsonObject> RegisterAsync(string channel, string? key = null)
    {
        var register = new JsonObject { ["messageType"] = "register", ["channelID"] = channel };
        if (key is not null)
            register["key"] = key;
        return AskAsync(register);
    }

    /// <summary>The endpoint of a new channel.</summary>
    public async Task<Uri> SubscribeAsync(string channel, string? key = null) =>
        new((string)(await RegisterAsync(channel, key))["pushEndpoint"]!);

    public Task AcknowledgeAsync(JsonObject notification, int code = 100) => SendAsync(new JsonObject
    {
        ["messageType"] = "ack",
        ["updates"] = new JsonArray(new JsonObject
        {
            ["channelID"] = (string)notification["channelID"]!,
            ["version"] = (string)notification["version"]!,
            ["code"] = code,
        }),
    });

    public async Task<JsonObject> AskAsync(JsonObject message)
    {
        await SendAsync(message);
        return await ReceiveAsync();
    }

    /// <summary>A ping that was answered: everything sent before was handled.</summary>
    public async Task PingAsync() => (await AskAsync([])).ShouldBeEmpty();

    public Task SendAsync(JsonObject message) => SendAsync(message.ToJsonString());

    public Task SendAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    public async Task<JsonObject> ReceiveAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, deadline.Token);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        part.MessageType.ShouldBe(WebSocketMessageType.Text);
        return JsonNode.Parse(message.ToArray())!.AsObject();
    }

    /// <summary>Returns once the service has cut the connection.</summary>
    public Task ShouldBeCutAsync() => Should.ThrowAsync<WebSocketException>(ReceiveAsync);

    public async Task CloseAsync()
    {
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, TestContext.Current.CancellationToken);
        socket.State.ShouldBe(WebSocketState.Closed);
    }

    public void Dispose() => socket.Dispose();
}
