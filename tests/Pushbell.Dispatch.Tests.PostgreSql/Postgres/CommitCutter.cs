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
    private int answersToLose;

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

    /// <summary>The next commit reaches the server, and so it takes place. Its answer is thrown away, and then the connection breaks.</summary>
    public void LoseNextAnswer() => Volatile.Write(ref answersToLose, 1);

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
        var wire = new Wire();
        using (client)
        {
            try
            {
                await behind.ConnectAsync(IPAddress.Loopback, server, end.Token);
                await await Task.WhenAny(UpAsync(wire, client.GetStream(), behind.GetStream()), DownAsync(wire, behind.GetStream(), client.GetStream()));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // Broken on one side; so it is on the other.
            }
        }
    }

    // The statement and its end; READ COMMITTED is something else.
    private static ReadOnlySpan<byte> Commit => "COMMIT\0"u8;

    private async Task UpAsync(Wire wire, NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[65_536];
        while (await from.ReadAsync(buffer, end.Token) is var count and > 0)
        {
            var isCommit = buffer.AsSpan(0, count).IndexOf(Commit) >= 0;
            if (isCommit && Interlocked.Exchange(ref atNextCommit, null) is { } instead)
            {
                await instead();
                return;
            }

            wire.LosesNextAnswer = isCommit && Interlocked.Exchange(ref answersToLose, 0) == 1;
            await to.WriteAsync(buffer.AsMemory(0, count), end.Token);
        }
    }

    private async Task DownAsync(Wire wire, NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[65_536];
        while (await from.ReadAsync(buffer, end.Token) is var count and > 0 && !wire.LosesNextAnswer)
        {
            await to.WriteAsync(buffer.AsMemory(0, count), end.Token);
        }
    }

    /// <summary>One connection through this.</summary>
    private sealed class Wire
    {
        private volatile bool losesNextAnswer;

        public bool LosesNextAnswer
        {
            get => losesNextAnswer;
            set => losesNextAnswer = value;
        }
    }
}
