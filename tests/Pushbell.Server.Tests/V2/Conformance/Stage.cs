using Pushbell.Dispatch.Organizations;
using Pushbell.LocalPushService.Faults;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Conformance;

/// <summary>
/// A server whose clock stands at <see cref="Now"/>, and its people: Ann with two browsers, Bob with an installed app, Fred who has
/// just come; Dave's browser refused too often, Carol's is gone, Erin was deregistered.
/// </summary>
public sealed class Stage : SharedServer
{
    public static readonly DateTimeOffset Now = new(2026, 1, 18, 14, 40, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider clock = new(Now - TimeSpan.FromMinutes(10) - TimeSpan.FromHours(72));
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    // Without workers: nothing happens but what a row asks for.
    protected override Task<RunningServer> StartAsync() => RunningServer.StartAsync(clock, ("Pushbell:Role", "api"));

    protected override async Task FillAsync()
    {
        await AddDaveAsync();
        await AddCarolAsync();
        await AddErinAsync();
        await AddAsync("ann1", "ann@example.com", "user-ann");
        await AddAsync("ann2", " Ann@Example.com ", "user-ann");
        await AddAsync("bob", "bob@example.com", "user-bob", ("is_installed", true), ("device_info", BobsDevice));
        names["sent"] = await SendAsync("bob");
        clock.Advance(Now - clock.GetUtcNow());
        await AddAsync("fred");
        await AddKeysAsync();
    }

    /// <summary>Puts ids and keys in the place of names.</summary>
    public string Resolve(string text) =>
        text.Contains('<') ? names.Aggregate(text, (rest, entry) => rest.Replace($"<{entry.Key}>", entry.Value, StringComparison.Ordinal)) : text;

    /// <summary>Puts names in the place of ids.</summary>
    public string Name(string text) =>
        Golden.NameIds(names.Aggregate(text, (rest, entry) => rest.Replace(entry.Value, $"<{entry.Key}>", StringComparison.Ordinal)));

    private static object BobsDevice =>
        new
        {
            browser_name = "Chrome",
            browser_version = "120",
            os_name = "Windows",
            device_type = "desktop",
        };

    /// <summary>Five refusals over 72 hours with no success between.</summary>
    private async Task AddDaveAsync()
    {
        var dave = await AddAsync("dave", "dave@example.com", "user-dave");
        dave.Subscription.Script(new ScriptedAnswer { Status = 400, Repeat = true });
        for (var refusal = 1; refusal < 5; refusal++)
        {
            await SendAsync("dave");
        }

        clock.Advance(TimeSpan.FromHours(72));
        await SendAsync("dave");
    }

    /// <summary>Her push service says 410.</summary>
    private async Task AddCarolAsync()
    {
        var carol = await AddAsync("carol", "carol@example.com", "user-carol");
        carol.Subscription.Remove();
        await SendAsync("carol");
    }

    private async Task AddErinAsync()
    {
        await AddAsync("erin", "erin@example.com", "user-erin");
        using var deregistered = await Server.V2Async(HttpMethod.Delete, "/clients/" + names["erin"]);
        deregistered.EnsureSuccessStatusCode();
    }

    private async Task AddKeysAsync()
    {
        var tenant = await Tenant.OfFirstStartAsync(Server);
        names["org"] = tenant.OrganizationId;
        names["svc"] = tenant.ServiceId;
        foreach (var scope in new[] { "send", "read", "clients" })
        {
            names[$"key:{scope}"] = await tenant.AddKeyAsync(KeyKind.Restricted, scope);
        }

        names["key:none"] = await tenant.AddKeyAsync(KeyKind.Restricted);
        names["key:read+clients"] = await tenant.AddKeyAsync(KeyKind.Restricted, "read clients");
        names["key:revoked"] = await tenant.AddKeyAsync(KeyKind.Secret);
        await tenant.ChangeAsync("UPDATE api_key SET revoked_at = 1 WHERE hash = @hash", new { hash = ApiKey.Hash(names["key:revoked"]) });

        var off = await Tenant.AddAsync(Server);
        names["key:off"] = await off.AddKeyAsync(KeyKind.Secret);
        await off.ChangeAsync("UPDATE service SET notifications_enabled = 0 WHERE id = @service");
        var inactive = await Tenant.AddAsync(Server);
        names["key:inactive"] = await inactive.AddKeyAsync(KeyKind.Secret);
        await inactive.ChangeAsync("UPDATE service SET is_active = 0 WHERE id = @service");
    }

    private async Task<RegisteredClient> AddAsync(string name, string? email = null, string? userId = null, params (string, object)[] details)
    {
        var client = await Server.RegisterAsync(email, userId, key: null, details);
        names[name] = client.Id;
        clock.Advance(TimeSpan.FromSeconds(name == "fred" ? 0 : 60));
        return client;
    }

    /// <returns>The request's id.</returns>
    private async Task<string> SendAsync(string name)
    {
        var body = new { title = "T", body = "B", target_registration_ids = new[] { names[name] } };
        using var response = await Server.V2Async(HttpMethod.Post, "/send", body);
        response.EnsureSuccessStatusCode();
        return (await RunningServer.JsonOf(response)).GetProperty("request_id").GetString()!;
    }
}
