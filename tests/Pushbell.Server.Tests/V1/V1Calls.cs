using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch.Organizations;
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

    /// <summary>Another key of the service of the first start.</summary>
    public static async Task<string> AddKeyAsync(this RunningServer server, KeyKind kind = KeyKind.Api, string? text = null, bool isService = false)
    {
        var first = await server.CallerAsync();
        var key = text ?? ApiKey.Generate(kind);
        await server
            .Services.GetRequiredService<KeyRing>()
            .CreateAsync(new NewKey(first.OrganizationId, first.ServiceId, kind, key, "test", IsService: isService), CancellationToken.None);
        return key;
    }

    /// <summary>An API key of a further service.</summary>
    /// <param name="server">The server.</param>
    /// <param name="identifier">The new service's.</param>
    /// <param name="organization">Whose; null makes one.</param>
    public static async Task<string> AddServiceAsync(this RunningServer server, string identifier, long? organization = null)
    {
        var owner =
            organization
            ?? await server
                .Services.GetRequiredService<CreateOrganization>()
                .RunAsync(new NewOrganization(identifier, Plan.Unlimited, Credits: null), CancellationToken.None);
        var service = await server
            .Services.GetRequiredService<CreateService>()
            .RunAsync(owner, new NewService(identifier), CancellationToken.None);
        var key = ApiKey.Generate(KeyKind.Api);
        await server
            .Services.GetRequiredService<KeyRing>()
            .CreateAsync(new NewKey(owner, service.Value, KeyKind.Api, key, "test"), CancellationToken.None);
        return key;
    }

    public static async Task RevokeAsync(this RunningServer server, string key)
    {
        var caller = await server.CallerAsync(key);
        await server.Services.GetRequiredService<KeyRing>().RevokeAsync(caller.OrganizationId, caller.KeyId, CancellationToken.None);
    }

    /// <summary>What the organization of the first start can spend, and what is held.</summary>
    public static async Task<(long? Available, long Held)> CreditsAsync(this RunningServer server)
    {
        var caller = await server.CallerAsync();
        var statement = await server
            .Services.GetRequiredService<CreditQueries>()
            .StatementAsync(caller.OrganizationId, limit: 0, CancellationToken.None);
        return (statement.Totals.Available, statement.Totals.Held);
    }

    /// <summary>Whom a key speaks for.</summary>
    public static async Task<Caller> CallerAsync(this RunningServer server, string key = RunningServer.ApiKey) =>
        (await server.Services.GetRequiredService<KeyRing>().FindAsync(key, CancellationToken.None))!;
}
