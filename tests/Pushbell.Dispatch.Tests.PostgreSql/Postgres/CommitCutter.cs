using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Pushbell.Dispatch.Tests.Postgres;

/// <summary>Stands between a client and the server, and breaks a connection in the worst of moments: the commit was sent, its answer never comes.</summary>
internal sealed class CommitCutter : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly int server;
    private readonly Task accepting;
    private Func<Task>? atNextCommit;

    /// <param name="server">The server's port.</param>
    public CommitCutter(int server)
    {
        this.server = server;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <param name="connectionString">Of the server.</param>
    /// <returns>The same by way of this.</returns>
    public string Through(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Port = ((IPEndPoint)listener.LocalEndpoint).Port }.ToString();

    /// <summary>The next commit does not reach the server. Instead this is done, and then the connection breaks.</summary>
    public void AtNextCommit(Func<Task> instead) => atNextCommit = instead;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        await accepting;
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(end.Token);
                _ = ServeAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var behind = new TcpClient();
        using (client)
        {
            try
            {
                await behind.ConnectAsync(IPAddress.Loopback, server, end.Token);
                await await Task.WhenAny(UpAsync(client.GetStream(), behind.GetStream()), behind.GetStream().CopyToAsync(client.GetStream(), end.Token));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // Broken on one side; so it is on the other.
            }
        }
    }

    // The statement and its end; READ COMMITTED is something else.
    private static ReadOnlySpan<byte> Commit => "COMMIT\0"u8;

    private async Task UpAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[65_536];
        while (await from.ReadAsync(buffer, end.Token) is var count and > 0)
        {
            if (buffer.AsSpan(0, count).IndexOf(Commit) >= 0 && Interlocked.Exchange(ref atNextCommit, null) is { } instead)
            {
                await instead();
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), end.Token);
        }
    }
}
