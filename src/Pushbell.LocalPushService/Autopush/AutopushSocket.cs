using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;

namespace Pushbell.LocalPushService.Autopush;

/// <summary>JSON messages over a WebSocket. One reader; any number of writers, who take turns.</summary>
internal sealed class AutopushSocket(WebSocket socket) : IDisposable
{
    private const int LargestMessage = 64 * 1024;
    private static readonly ReadOnlyMemory<byte> Pong = "{}"u8.ToArray();

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>The next message; null once the browser has closed the socket.</summary>
    /// <exception cref="JsonException">The message is too long, or no JSON object.</exception>
    public async Task<BrowserMessage?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var message = new ArrayBufferWriter<byte>();
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(message.GetMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await TakeTurnAsync(
                    () => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, cancellationToken),
                    cancellationToken);
                return null;
            }

            message.Advance(part.Count);
            if (message.WrittenCount > LargestMessage)
                throw new JsonException("The message is too long.");
        }
        while (!part.EndOfMessage);

        return JsonSerializer.Deserialize(message.WrittenSpan, AutopushJson.Default.BrowserMessage);
    }

    public Task SendAsync(ServiceMessage message, CancellationToken cancellationToken) =>
        SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, AutopushJson.Default.ServiceMessage), cancellationToken);

    public Task SendPongAsync(CancellationToken cancellationToken) => SendAsync(Pong, cancellationToken);

    public void Dispose() => turn.Dispose();

    private Task SendAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        TakeTurnAsync(
            () => socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, cancellationToken).AsTask(),
            cancellationToken);

    private async Task TakeTurnAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await write();
        }
        finally
        {
            turn.Release();
        }
    }
}
