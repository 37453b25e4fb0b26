using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch.Storage;
using Pushbell.LocalPushService;
using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Faults;

/// <summary>What the tests of faults set up alike.</summary>
internal static class FaultyServers
{
    /// <summary>An origin where nobody listens.</summary>
    public static string DeadOrigin()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    public static Task<LocalPushServer> StartPushServiceAsync() =>
        LocalPushServer.StartAsync(
            new LocalPushOptions { HttpPort = 0, HttpsPort = 0, MessageServicePort = 0 },
            TimeProvider.System,
            CancellationToken.None
        );

    /// <summary>Registers a browser of the local push service under another endpoint than its own.</summary>
    public static async Task<RegisteredClient> RegisterAtAsync(this RunningServer server, Func<VirtualSubscription, string> endpointOf)
    {
        var subscription = server.PushService.CreateSubscription();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/push/registrations");
        request.Headers.Add("X-Publishable-Key", RunningServer.PublishableKey);
        request.Headers.Add("Origin", RunningServer.Origin);
        var keys = new { p256dh = subscription.P256dh, auth = subscription.Auth };
        request.Content = JsonContent.Create(new { subscription = new { endpoint = endpointOf(subscription), keys } });
        using var response = await server.Http.SendAsync(request);
        var answer = await RunningServer.JsonOf(response);
        response.IsSuccessStatusCode.ShouldBeTrue($"{answer}");
        return new RegisteredClient(answer.GetProperty("registration_id").GetString()!, "", subscription);
    }

    /// <summary>Chromium's endpoints; the connection to them is HTTP/2 and ends at the local push service.</summary>
    public static async Task<IReadOnlyList<RegisteredClient>> RegisterChromiumsAsync(this RunningServer server, int count)
    {
        var clients = new List<RegisteredClient>();
        while (clients.Count < count)
        {
            clients.Add(await server.RegisterAtAsync(subscription => $"https://fcm.googleapis.com/fcm/send/{subscription.Id}"));
        }

        return clients;
    }

    /// <summary>Many browsers at once, past the API; their ids are 1, 2, 3 …</summary>
    public static async Task<IReadOnlyList<VirtualSubscription>> RegisterCrowdAsync(this RunningServer server, int count)
    {
        var vapidKey = await server.Database.ReadAsync(
            session => session.FirstAsync<string>("SELECT public_key FROM vapid_key WHERE is_current = 1"),
            CancellationToken.None
        );
        var crowd = Enumerable.Range(0, count).Select(_ => server.PushService.CreateSubscription(vapidKey)).ToArray();
        await server.Database.WriteAsync(
            async session =>
            {
                foreach (var (at, browser) in crowd.Index())
                {
                    await InsertAsync(session, at + 1, browser);
                }

                await session.ExecuteAsync("UPDATE service SET active_registrations = active_registrations + @count", new { count });
            },
            CancellationToken.None
        );
        return crowd;
    }

    public static Task<T?> ValueAsync<T>(this RunningServer server, string sql) =>
        server.Services.GetRequiredService<Database>().ReadAsync(session => session.FirstAsync<T>(sql), CancellationToken.None);

    private static Task<int> InsertAsync(Session session, long id, VirtualSubscription browser) =>
        session.ExecuteAsync(
            """
            INSERT INTO registration (organization_id, service_id, id, status, endpoint, endpoint_hash, p256dh, auth, vapid_key_id, created_at)
            SELECT organization_id, service_id, @id, 0, @Endpoint, @Endpoint, @p256dh, @auth, id, 0 FROM vapid_key WHERE is_current = 1
            """,
            new
            {
                id,
                browser.Endpoint,
                p256dh = System.Buffers.Text.Base64Url.DecodeFromChars(browser.P256dh),
                auth = System.Buffers.Text.Base64Url.DecodeFromChars(browser.Auth),
            }
        );
}
