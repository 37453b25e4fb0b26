using System.Net;
using System.Text.Json.Nodes;
using Pushbell.LocalPushService.Tests.Sending;

namespace Pushbell.LocalPushService.Tests.Vapid;

public sealed class VapidTests : LocalPushTest
{
    private const string Seconds = "seconds from now";

    [Theory]
    [InlineData("aud", "https://push.example.net", "aud")]
    [InlineData("aud", "http://127.0.0.1", "aud")]
    [InlineData("aud", null, "aud")]
    [InlineData("exp", null, "exp")]
    [InlineData("sub", null, "sub")]
    [InlineData("sub", "somebody", "sub")]
    [InlineData("sub", "http://example.com", "sub")]
    public async Task Post_WrongClaim_IsForbiddenWithTheReason(string claim, string? value, string reason)
    {
        var subscription = Server.CreateSubscription();
        var claims = Sender.Claims(new Uri(subscription.Endpoint));
        claims[claim] = value;

        using var answer = await PostAsync(subscription.Endpoint, $"vapid t={Sender.Token(claims)}, k={Sender.PublicKey}");

        await ShouldBeForbiddenAsync(answer, reason);
        subscription.MessageCount.ShouldBe(0);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(24 * 3600, true)]
    [InlineData((24 * 3600) + 1, false)]
    public async Task Post_ExpirySecondsFromNow_IsTakenWithin24Hours(int seconds, bool taken)
    {
        var endpoint = Server.CreateSubscription().Endpoint;
        var claims = Sender.Claims(new Uri(endpoint));
        claims["exp"] = Clock.GetUtcNow().ToUnixTimeSeconds() + seconds;

        using var answer = await PostAsync(endpoint, $"vapid t={Sender.Token(claims)}, k={Sender.PublicKey}");

        answer.StatusCode.ShouldBe(taken ? HttpStatusCode.Created : HttpStatusCode.Forbidden, Seconds);
    }

    [Fact]
    public async Task Post_TokenThatRanOutSinceItWasTaken_IsForbidden()
    {
        var endpoint = Server.CreateSubscription().Endpoint;
        var authorization = Sender.Authorization(new Uri(endpoint));
        using var fresh = await PostAsync(endpoint, authorization);
        Clock.Advance(TimeSpan.FromHours(13));

        using var late = await PostAsync(endpoint, authorization);

        fresh.StatusCode.ShouldBe(HttpStatusCode.Created);
        await ShouldBeForbiddenAsync(late, "exp is past");
    }

    [Fact]
    public async Task Post_OtherKeyThanTheSubscriptions_IsForbidden()
    {
        using var stranger = new ApplicationServer(Clock);
        var endpoint = Server.CreateSubscription(Sender.PublicKey).Endpoint;

        using var answer = await PostAsync(endpoint, stranger.Authorization(new Uri(endpoint)));
        using var own = await PostAsync(endpoint, Sender.Authorization(new Uri(endpoint)));

        await ShouldBeForbiddenAsync(answer, "another application server key");
        own.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Post_ClaimsChangedAfterSigning_IsForbidden()
    {
        var endpoint = Server.CreateSubscription().Endpoint;
        var claims = Sender.Claims(new Uri(endpoint));
        var signed = Sender.Token(claims).Split('.');
        claims["sub"] = "mailto:somebody@example.com";
        var changed = Sender.Token(claims).Split('.');

        using var answer = await PostAsync(endpoint, $"vapid t={signed[0]}.{changed[1]}.{signed[2]}, k={Sender.PublicKey}");

        await ShouldBeForbiddenAsync(answer, "signature");
    }

    [Fact]
    public async Task Post_SignedByAnotherThanK_IsForbidden()
    {
        using var stranger = new ApplicationServer(Clock);
        var endpoint = Server.CreateSubscription(Sender.PublicKey).Endpoint;
        var token = stranger.Token(stranger.Claims(new Uri(endpoint)));

        using var answer = await PostAsync(endpoint, $"vapid t={token}, k={Sender.PublicKey}");

        await ShouldBeForbiddenAsync(answer, "signature");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    public async Task Post_OtherAlgorithm_IsForbidden(string algorithm)
    {
        var endpoint = Server.CreateSubscription().Endpoint;
        var token = Sender.Token(Sender.Claims(new Uri(endpoint)), algorithm);

        using var answer = await PostAsync(endpoint, $"vapid t={token}, k={Sender.PublicKey}");

        await ShouldBeForbiddenAsync(answer, "ES256");
    }

    [Theory]
    [InlineData("Bearer abc", "Authorization")]
    [InlineData("vapid k=abc", "Authorization")]
    [InlineData("vapid t=a.b.c", "parameter k")]
    [InlineData("vapid t=a.b.c, k=BP4z", "parameter k")]
    [InlineData("vapid t=a.b.c, k=BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "parameter k")]
    public async Task Post_UnreadableCredentials_AreForbidden(string authorization, string reason)
    {
        using var answer = await PostAsync(Server.CreateSubscription().Endpoint, authorization);

        await ShouldBeForbiddenAsync(answer, reason);
    }

    [Theory]
    [InlineData("vapid t=!.!.!, k={0}")]
    [InlineData("vapid t=W10.W10.W10, k={0}")]
    [InlineData("vapid t=e30.bm90IGpzb24.e30, k={0}")]
    public async Task Post_UnreadableToken_IsForbidden(string authorization)
    {
        using var answer = await PostAsync(
            Server.CreateSubscription().Endpoint, authorization.Replace("{0}", Sender.PublicKey, StringComparison.Ordinal));

        await ShouldBeForbiddenAsync(answer, "ES256");
    }

    [Fact]
    public async Task Post_LooselyWrittenButValidHeader_IsTaken()
    {
        var endpoint = Server.CreateSubscription(Sender.PublicKey).Endpoint;
        var token = Sender.Token(Sender.Claims(new Uri(endpoint)));

        using var answer = await PostAsync(endpoint, $"VAPID K={Sender.PublicKey},T={token}");

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Post_NoAuthorization_Is401WithTheScheme()
    {
        using var answer = await PostAsync(Server.CreateSubscription().Endpoint, authorization: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("vapid");
    }

    private async Task<HttpResponseMessage> PostAsync(string endpoint, string? authorization)
    {
        using var request = Sender.Push(new Uri(endpoint), []);
        request.Headers.Remove("Authorization");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await Http.SendAsync(request);
    }

    private static async Task ShouldBeForbiddenAsync(HttpResponseMessage answer, string reason)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((int)body["errno"]!).ShouldBe(109);
        ((string)body["message"]!).ShouldContain(reason);
    }
}

public sealed class VapidNotRequiredTests : LocalPushTest
{
    protected override bool RequireVapid => false;

    [Theory]
    [InlineData(false, null, HttpStatusCode.Created)]
    [InlineData(true, null, HttpStatusCode.Unauthorized)]
    [InlineData(false, "vapid t=a.b.c, k=d", HttpStatusCode.Forbidden)]
    public async Task Post_WithoutRequirement_OnlyRestrictedSubscriptionsDemandIt(bool restricted, string? authorization, HttpStatusCode expected)
    {
        var subscription = Server.CreateSubscription(restricted ? Sender.PublicKey : null);
        using var request = Sender.Push(subscription, "x");
        request.Headers.Remove("Authorization");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await Http.SendAsync(request);

        answer.StatusCode.ShouldBe(expected);
    }
}
