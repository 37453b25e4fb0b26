using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Tests.V2.Browser;
using Pushbell.Testing;

namespace Pushbell.Server.Tests;

/// <summary>A page cannot register itself as somebody else where the service asks for proof.</summary>
public sealed class IdentityTests : IAsyncLifetime
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private RunningServer server = null!;
    private Caller service = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync();
        service = (await server.Services.GetRequiredService<KeyRing>().FindAsync(RunningServer.SecretKey, CancellationToken.None))!;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData(IdentityMode.Off, "ann@example.com", null, HttpStatusCode.Created)]
    [InlineData(IdentityMode.Off, "ann@example.com", "rubbish", HttpStatusCode.Created)]
    [InlineData(IdentityMode.Optional, "ann@example.com", null, HttpStatusCode.Created)]
    [InlineData(IdentityMode.Optional, "ann@example.com", "valid", HttpStatusCode.Created)]
    [InlineData(IdentityMode.Optional, "ann@example.com", "rubbish", HttpStatusCode.Forbidden)]
    [InlineData(IdentityMode.Required, null, null, HttpStatusCode.Created)]
    [InlineData(IdentityMode.Required, "ann@example.com", null, HttpStatusCode.Forbidden)]
    [InlineData(IdentityMode.Required, "Ann@Example.com", "valid", HttpStatusCode.Created)]
    [InlineData(IdentityMode.Required, "eve@example.com", "valid", HttpStatusCode.Forbidden)]
    [InlineData(IdentityMode.Required, "ann@example.com", "expired", HttpStatusCode.Forbidden)]
    [InlineData(IdentityMode.Required, "ann@example.com", "expiry as text", HttpStatusCode.Forbidden)]
    [InlineData(IdentityMode.Required, "ann@example.com", "other organization", HttpStatusCode.Forbidden)]
    [InlineData(IdentityMode.Required, "ann@example.com", "other secret", HttpStatusCode.Forbidden)]
    [InlineData(IdentityMode.Required, "ann@example.com", "unsigned", HttpStatusCode.Forbidden)]
    [InlineData(IdentityMode.Required, "ann@example.com", "half an emoji", HttpStatusCode.Forbidden)]
    public async Task Register_FromAPage_NeedsWhatTheServiceAsks(IdentityMode mode, string? email, string? token, HttpStatusCode expected)
    {
        await SetAsync(mode, IdentityKey.OfSecret(Secret));

        using var response = await RegisterAsync(email, token is null ? null : Token(token));

        response.StatusCode.ShouldBe(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Register_WithAToken_IsForWhomItNames()
    {
        await SetAsync(IdentityMode.Required, IdentityKey.OfSecret(Secret));

        using var response = await RegisterAsync(email: null, Token("valid"));

        (await RunningServer.JsonOf(response)).GetProperty("user_email").GetString().ShouldBe("ann@example.com");
    }

    [Fact]
    public async Task Register_PublicKey_TakesES256AndNothingElse()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await SetAsync(IdentityMode.Required, IdentityKey.OfPem(pair.ExportSubjectPublicKeyInfoPem()));

        using var signed = await RegisterAsync("ann@example.com", Jwt("ES256", Claims(), text => pair.SignData(text, HashAlgorithmName.SHA256)));
        // The old trick: the public key as the secret of a symmetric algorithm.
        using var confused = await RegisterAsync(
            "ann@example.com",
            Jwt("HS256", Claims(), text => HMACSHA256.HashData(pair.ExportSubjectPublicKeyInfo(), text))
        );

        signed.StatusCode.ShouldBe(HttpStatusCode.Created);
        confused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Subscribe_V1FromAPage_IsHeldToItToo()
    {
        await SetAsync(IdentityMode.Required, IdentityKey.OfSecret(Secret));

        using var without = await SubscribeAsync(token: null);
        using var with = await SubscribeAsync(Token("valid"));

        without.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        with.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Unsubscribe_V1FromAPage_IsHeldToItToo()
    {
        await SetAsync(IdentityMode.Required, IdentityKey.OfSecret(Secret));
        using var subscribed = await SubscribeAsync(Token("valid"));

        using var stranger = await FromPageAsync("/v1/unsubscribe", "X-Api-Key", new { email = "ann@example.com" });
        using var herself = await FromPageAsync("/v1/unsubscribe", "X-Api-Key", new { email = "ann@example.com", identity_token = Token("valid") });

        stranger.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await RunningServer.JsonOf(herself)).GetProperty("removed").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("expired", HttpStatusCode.Forbidden)]
    [InlineData("other secret", HttpStatusCode.Forbidden)]
    [InlineData("other organization", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("valid", HttpStatusCode.OK)]
    public async Task Change_ByTheHolderOfAToken_IsHeldToItToo(string? token, HttpStatusCode expected)
    {
        await SetAsync(IdentityMode.Required, IdentityKey.OfSecret(Secret));
        var client = await server.RegisterAsync();
        var before = await DatabaseContents.ReadAsync(server);

        var reply = await new PageCalls(server).ChangeAsync(
            client.Id,
            client.Token,
            new { user_email = "ann@example.com", identity_token = token is null ? null : Token(token) }
        );

        reply.Status.ShouldBe((int)expected, reply.Body);
        if (expected == HttpStatusCode.OK)
        {
            reply.Text("user_email").ShouldBe("ann@example.com");
        }
        else
        {
            (await DatabaseContents.ReadAsync(server)).ShouldBe(before);
        }
    }

    private Task SetAsync(IdentityMode mode, IdentityKey? key) =>
        server
            .Services.GetRequiredService<ChangeService>()
            .RunAsync(service.OrganizationId, service.ServiceId, new ServiceChange { Identity = mode, IdentityKey = key }, CancellationToken.None);

    private Task<HttpResponseMessage> RegisterAsync(string? email, string? token) =>
        FromPageAsync(
            "/v2/push/registrations",
            "X-Publishable-Key",
            new
            {
                subscription = Subscription(),
                user_email = email,
                identity_token = token,
            }
        );

    private Task<HttpResponseMessage> SubscribeAsync(string? token) =>
        FromPageAsync(
            "/v1/subscribe",
            "X-Api-Key",
            new
            {
                email = "ann@example.com",
                subscription = Subscription(),
                identity_token = token,
            }
        );

    private object Subscription()
    {
        var subscription = server.PushService.CreateSubscription();
        return new { endpoint = subscription.Endpoint, keys = new { p256dh = subscription.P256dh, auth = subscription.Auth } };
    }

    private async Task<HttpResponseMessage> FromPageAsync(string path, string header, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add(header, RunningServer.PublishableKey);
        request.Headers.Add("Origin", RunningServer.Origin);
        return await server.Http.SendAsync(request);
    }

    private string Token(string kind) =>
        kind switch
        {
            "valid" => Hmac(Claims(), Secret),
            "expired" => Hmac(Claims(minutes: -1), Secret),
            "expiry as text" => Hmac(JsonSerializer.Serialize(new { org = PublicId.Organization(service.OrganizationId), email = "ann@example.com", exp = "soon" }), Secret),
            "other organization" => Hmac(Claims(PublicId.Organization(service.OrganizationId + 1)), Secret),
            "other secret" => Hmac(Claims(), new string('x', 32)),
            "half an emoji" => Encode("""{"alg":"\ud800"}""") + ".e30.e30",
            "unsigned" => Jwt("none", Claims(), _ => []),
            _ => kind,
        };

    private string Claims(string? organization = null, int minutes = 5) =>
        JsonSerializer.Serialize(
            new
            {
                org = organization ?? PublicId.Organization(service.OrganizationId),
                email = "ann@example.com",
                exp = TimeProvider.System.GetUtcNow().AddMinutes(minutes).ToUnixTimeSeconds(),
            }
        );

    private static string Hmac(string claims, string secret) => Jwt("HS256", claims, text => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), text));

    private static string Jwt(string algorithm, string claims, Func<byte[], byte[]> sign)
    {
        var text = Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""") + "." + Encode(claims);
        return text + "." + Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)));
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
