using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace Pushbell.Browser.Tests.Drivers;

/// <summary>
/// What WebDriver BiDi and the Chrome DevTools Protocol share: numbered commands as JSON over a WebSocket, answered by
/// a result or an error, and events in between. They differ only in how an error looks.
/// </summary>
internal sealed class CommandSocket : IAsyncDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> pending = new();
    private readonly ConcurrentDictionary<(string Method, string? Session), TaskCompletionSource<JsonElement>> awaited = new();
    private readonly Func<JsonElement, string?> readError;
    private Task receiving = Task.CompletedTask;
    private int lastId;

    private CommandSocket(Func<JsonElement, string?> readError) => this.readError = readError;

    /// <param name="address">The browser's own WebSocket.</param>
    /// <param name="readError">What an answer says went wrong, or null when it is a result.</param>
    public static async Task<CommandSocket> ConnectAsync(Uri address, Func<JsonElement, string?> readError)
    {
        var connection = new CommandSocket(readError);
        using var limit = new CancellationTokenSource(AnswerLimit);
        await connection.socket.ConnectAsync(address, limit.Token);
        connection.receiving = connection.ReceiveAsync();
        return connection;
    }

    /// <summary>Sends a command, in Chromium to one page's session or to the browser itself, and gives its result.</summary>
    /// <exception cref="BrowserException">The browser refused the command.</exception>
    public async Task<JsonElement> SendAsync(string method, object parameters, string? session = null)
    {
        var id = Interlocked.Increment(ref lastId);
        var answer = pending[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = new Dictionary<string, object> { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
        {
            command["sessionId"] = session;
        }

        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }

        return await answer.Task.WaitAsync(AnswerLimit);
    }

    /// <summary>The next event of this kind. Ask before the command that causes it.</summary>
    public async Task<JsonElement> NextEventAsync(string method, string? session = null)
    {
        var waiting = awaited.GetOrAdd((method, session), _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        return await waiting.Task.WaitAsync(AnswerLimit);
    }

    /// <summary>Sends the command that ends the browser; one that is gone, or too broken to answer, is no error.</summary>
    public async Task CloseAsync(string method)
    {
        try
        {
            await SendAsync(method, new { });
        }
        catch (Exception error) when (error is BrowserException or WebSocketException or TimeoutException)
        {
            // BrowserProcess waits for its end, and brings it about when nothing comes.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await receiving;
        ending.Dispose();
        socket.Dispose();
        sending.Dispose();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (await ReceiveMessageAsync() is { } message)
            {
                Dispatch(message);
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // The browser is gone, or we are; whoever still waits hears it below.
        }

        foreach (var waiting in pending.Values.Concat(awaited.Values))
        {
            waiting.TrySetException(new BrowserException("The browser closed the connection."));
        }
    }

    private async Task<JsonElement?> ReceiveMessageAsync()
    {
        using var message = new MemoryStream();
        var part = new byte[16 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(part.AsMemory(), ending.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(part.AsSpan(0, received.Count));
            if (received.EndOfMessage)
            {
                return JsonSerializer.Deserialize<JsonElement>(message.GetBuffer().AsSpan(0, (int)message.Length));
            }
        }
    }

    private void Dispatch(JsonElement message)
    {
        if (message.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number)
        {
            if (!pending.TryRemove(id.GetInt32(), out var answer))
            {
                return;
            }

            if (readError(message) is { } error)
            {
                answer.TrySetException(new BrowserException(error));
            }
            else
            {
                answer.TrySetResult(message.GetProperty("result"));
            }
        }
        else if (message.TryGetProperty("method", out var method))
        {
            var session = message.TryGetProperty("sessionId", out var of) ? of.GetString() : null;
            if (awaited.TryRemove((method.GetString()!, session), out var waiting))
            {
                waiting.TrySetResult(message.GetProperty("params"));
            }
        }
    }
}
