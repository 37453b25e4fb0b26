using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;
using Pushbell.LocalPushService.Faults;
using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1;

/// <summary>What the tests of /v1 do again and again.</summary>
internal static class V1Calls
{
    public static Task<V1Answer> AskAsync(this RunningServer server, V1Request request) => request.AskAsync(server.Http);

    public static Task<V1Answer> SendAsync(this RunningServer server, string email, string key = RunningServer.ApiKey) =>
        server.AskAsync(V1Request.Send(email) with { Key = key });

    /// <summary>A new device of this person; the push service answers it like this, then as ever.</summary>
    public static async Task<VirtualSubscription> SubscribeAsync(this RunningServer server, string email, params ScriptedAnswer[] answers)
    {
        var device = server.PushService.CreateSubscription();
        device.Script(answers);
        var answer = await server.AskAsync(new V1Request("/subscribe", SubscribeBody(email, device)));
        answer.ShouldBe(201, """{"ok":true}""");
        return device;
    }

    public static async Task<int> UnsubscribeAsync(this RunningServer server, string email)
    {
        using var response = await server.V1Async("/unsubscribe", new { email });
        return (await RunningServer.JsonOf(response)).GetProperty("removed").GetInt32();
    }

    public static string SubscribeBody(string email, VirtualSubscription device) =>
        JsonSerializer.Serialize(
            new
            {
                email,
                subscription = new { endpoint = device.Endpoint, keys = new { p256dh = device.P256dh, auth = device.Auth } },
            }
        );

    /// <summary>Another key for the organization of the first start.</summary>
    public static async Task<string> AddKeyAsync(this RunningServer server, KeyKind kind = KeyKind.Api, string? text = null, bool isService = false)
    {
        var keys = server.Services.GetRequiredService<KeyRing>();
        var key = text ?? ApiKey.Generate(kind);
        await server.WriteAsync(async session =>
        {
            var first = (await session.FirstAsync<Owner>("SELECT organization_id, id AS service_id FROM service ORDER BY id"))!;
            await keys.AddAsync(session, new NewKey(first.OrganizationId, first.ServiceId, kind, key, "test", IsService: isService));
        });
        return key;
    }

    public static Task RevokeAsync(this RunningServer server, string key) =>
        server.WriteAsync(session => session.ExecuteAsync("UPDATE api_key SET revoked_at = 1 WHERE hash = @hash", new { hash = ApiKey.Hash(key) }));

    /// <summary>What the organization can spend and what is held.</summary>
    public static async Task<(long Available, long Held)> CreditsAsync(this RunningServer server)
    {
        var row = await server
            .Services.GetRequiredService<Database>()
            .ReadAsync(session => session.FirstAsync<Balance>("SELECT credit_available, credit_held FROM organization"), CancellationToken.None);
        return (row!.CreditAvailable, row.CreditHeld);
    }

    public static Task WriteAsync(this RunningServer server, Func<Session, Task> body) =>
        server.Services.GetRequiredService<Database>().WriteAsync(body, CancellationToken.None);

    private sealed record Owner
    {
        public long OrganizationId { get; init; }

        public long ServiceId { get; init; }
    }

    private sealed record Balance
    {
        public long CreditAvailable { get; init; }

        public long CreditHeld { get; init; }
    }
}
