using System.Net.Http.Json;
using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Browser;

/// <summary>A page with a publishable key, or with the token of its registration.</summary>
internal sealed record PageCalls(RunningServer Server)
{
    /// <summary>Null sends none.</summary>
    public string? Origin { get; init; } = RunningServer.Origin;

    public string Key { get; init; } = RunningServer.PublishableKey;

    /// <summary>Where it says, by X-Forwarded-For, that it comes from.</summary>
    public string? Address { get; init; }

    public Task<Reply> RegisterAsync(object body, string? token = null) =>
        CallAsync(HttpMethod.Post, "", body, [("X-Publishable-Key", Key), .. token is null ? [] : Bearer(token)]);

    public Task<Reply> ChangeAsync(string id, string token, object body) => CallAsync(HttpMethod.Patch, "/" + id, body, Bearer(token));

    public Task<Reply> BeatAsync(string id, string token) => CallAsync(HttpMethod.Post, $"/{id}/heartbeat", new { }, Bearer(token));

    public Task<Reply> ReportAsync(string id, string token, params object[] receipts) =>
        CallAsync(HttpMethod.Post, $"/{id}/receipts", new { receipts }, Bearer(token));

    public Task<Reply> UnregisterAsync(string id, string token) => CallAsync(HttpMethod.Delete, "/" + id, null, Bearer(token));

    public Task<Reply> GetConfigurationAsync() => CallAsync(HttpMethod.Get, "/config", null, [("X-Publishable-Key", Key)]);

    /// <summary>A subscription as its toJSON gives it; with the keys of another when <paramref name="keys"/> says so.</summary>
    public static object Json(VirtualSubscription subscription, VirtualSubscription? keys = null) =>
        new { endpoint = subscription.Endpoint, keys = new { p256dh = (keys ?? subscription).P256dh, auth = (keys ?? subscription).Auth } };

    private static (string, string)[] Bearer(string token) => [("Authorization", "Bearer " + token)];

    private async Task<Reply> CallAsync(HttpMethod method, string path, object? body, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "/v2/push/registrations" + path);
        (string Name, string? Value)[] ofPage = [("Origin", Origin), ("X-Forwarded-For", Address)];
        foreach (var (name, value) in headers.Concat(ofPage.Where(header => header.Value is not null).Select(header => (header.Name, header.Value!))))
        {
            request.Headers.Add(name, value);
        }

        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await Server.Http.SendAsync(request);
        return new Reply(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase)
        );
    }
}
