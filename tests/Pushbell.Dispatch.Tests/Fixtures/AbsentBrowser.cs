using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Pushbell.LocalPushService;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Tests.Fixtures;

/// <summary>A Firefox that has subscribed and gone away: the push service keeps its messages until it comes back.</summary>
internal static class AbsentBrowser
{
    /// <returns>The subscription; its keys are those of a virtual one, since nobody is there to decrypt.</returns>
    public static async Task<PushSubscription> SubscribeAsync(LocalPushServer pushService)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("push-notification");
        await socket.ConnectAsync(pushService.FirefoxServerUrl, CancellationToken.None);
        await AskAsync(socket, new JsonObject { ["messageType"] = "hello", ["use_webpush"] = true });
        var answer = await AskAsync(socket, new JsonObject { ["messageType"] = "register", ["channelID"] = $"{Guid.NewGuid()}" });
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None);
        return Seed.Subscription(pushService.CreateSubscription(), (string)answer["pushEndpoint"]!);
    }

    private static async Task<JsonNode> AskAsync(ClientWebSocket socket, JsonObject message)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[4096];
        var answer = await socket.ReceiveAsync(buffer, CancellationToken.None);
        return JsonNode.Parse(buffer.AsSpan(0, answer.Count))!;
    }
}
