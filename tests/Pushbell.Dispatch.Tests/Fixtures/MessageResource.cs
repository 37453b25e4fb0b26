using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pushbell.Dispatch.Tests.Fixtures;

/// <summary>Where a push service lets its messages be deleted, misbehaving as told: one answer for each request.</summary>
internal sealed class MessageResource : IAsyncDisposable
{
    /// <summary>In place of a status: no answer, ever.</summary>
    public const int Hangs = 0;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<string> requests = [];
    private readonly Task serving;

    /// <param name="statuses">In order.</param>
    public MessageResource(params int[] statuses)
    {
        listener.Start();
        serving = ServeAsync(statuses);
    }

    public string Origin => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>The request lines so far.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await serving;
    }

    private async Task ServeAsync(int[] statuses)
    {
        try
        {
            foreach (var status in statuses)
            {
                using var client = await listener.AcceptTcpClientAsync();
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                var line = await reader.ReadLineAsync();
                lock (requests)
                {
                    requests.Add(line!);
                }

                while (await reader.ReadLineAsync() is { Length: > 0 }) { }

                if (status == Hangs)
                {
                    // Until the client gives up.
                    await reader.ReadLineAsync();
                }
                else
                {
                    var answer = $"HTTP/1.1 {status} Whatever\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                    await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
                }
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
