using System.Text.RegularExpressions;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Stories;

/// <summary>What belongs to another organization, or to another service, is answered like what does not exist.</summary>
public sealed partial class TenancyTests(TenancyTests.Neighbours neighbours) : IClassFixture<TenancyTests.Neighbours>
{
    [Theory]
    [InlineData("GET", "/clients/{registration}")]
    [InlineData("DELETE", "/clients/{registration}?reason=theft")]
    [InlineData("GET", "/clients?user_email={email}")]
    [InlineData("GET", "/requests/{request}")]
    [InlineData("GET", "/requests/{request}/deliveries")]
    [InlineData("POST", "/send", """{"title":"T","body":"B","target_registration_ids":["{registration}"]}""")]
    [InlineData("POST", "/send", """{"title":"T","body":"B","target_user_emails":["{email}"]}""")]
    [InlineData("POST", "/send", """{"title":"T","body":"B","target_user_ids":["{user}"]}""")]
    [InlineData("POST", "/send", """{"title":"T","body":"B","target_registration_ids":["{registration}"],"dry_run":true}""")]
    [InlineData("POST", "/send", """{"title":"T","body":"B","target_registration_ids":["{registration}"],"async_mode":true}""")]
    public async Task Call_WithTheOthersId_IsAnsweredLikeAnUnknownOne(string method, string path, string? body = null)
    {
        foreach (var key in neighbours.Keys)
        {
            var theirs = await neighbours.CallAsync(key, method, path, body, neighbours.Ids);
            var unknown = await neighbours.CallAsync(key, method, path, body, Neighbours.Unknown);
            theirs.ShouldBe(unknown);
        }

        await neighbours.ShouldBeUntouchedAsync();
    }

    [Theory]
    [InlineData("/clients")]
    [InlineData("/clients?after={registration}")]
    [InlineData("/requests")]
    [InlineData("/requests?after={request}")]
    public async Task List_OfNeighbours_HoldsNothingOfOurs(string path)
    {
        foreach (var key in neighbours.Keys)
        {
            var list = await neighbours.CallAsync(key, "GET", path, null, neighbours.Ids);
            list.Body.ShouldNotContain("<reg>");
            list.Body.ShouldNotContain(neighbours.Ids["{request}"]);
        }
    }

    [Fact]
    public async Task Broadcast_OfNeighbours_ReachesNobodyOfOurs()
    {
        foreach (var key in neighbours.Keys)
        {
            (await new Api(neighbours.Server, key).PostAsync("/broadcast", new { title = "T", body = "B" })).ShouldBe(Answer.Nobody());
        }

        await neighbours.ShouldBeUntouchedAsync();
    }

    [Fact]
    public async Task Token_OfOneRegistration_EndsNoOther()
    {
        var other = await neighbours.Server.RegisterAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/v2/push/registrations/" + neighbours.Ids["{registration}"]);
        request.Headers.Add("Authorization", "Bearer " + other.Token);

        using var response = await neighbours.Server.Http.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(401);
        await neighbours.ShouldBeUntouchedAsync();
    }

    /// <summary>A service with one person and one request, one more service of the same organization, and one of another.</summary>
    public sealed partial class Neighbours : SharedServer
    {
        internal static readonly IReadOnlyDictionary<string, string> Unknown = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["{registration}"] = "reg_0000000000001",
            ["{request}"] = "req_0000000000001",
            ["{email}"] = "nobody@example.com",
            ["{user}"] = "nobody",
        };

        private RegisteredClient ann = null!;
        private IReadOnlyList<string> keys = [];

        /// <summary>Ours: what the neighbours must not reach.</summary>
        internal IReadOnlyDictionary<string, string> Ids { get; private set; } = null!;

        internal IReadOnlyList<string> Keys => Made(keys);

        protected override async Task FillAsync()
        {
            ann = await Server.RegisterAsync("ann@example.com", "ann");
            var sent = await new Api(Server).SendAsync([ann]);
            Ids = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["{registration}"] = ann.Id,
                ["{request}"] = sent.Text("request_id")!,
                ["{email}"] = "ann@example.com",
                ["{user}"] = "ann",
            };
            var beside = await (await Tenant.OfFirstStartAsync(Server)).AddServiceBesideAsync();
            var other = await Tenant.AddAsync(Server);
            keys = [await beside.AddKeyAsync(KeyKind.Secret), await other.AddKeyAsync(KeyKind.Secret)];
        }

        /// <returns>Status and body, ids of either kind named alike, those of new requests too.</returns>
        internal async Task<(int Status, string Body)> CallAsync(
            string key,
            string method,
            string path,
            string? body,
            IReadOnlyDictionary<string, string> ids
        )
        {
            string Fill(string text) => Placeholder().Replace(text, match => ids[match.Value]);
            var call = new Call(new HttpMethod(method), "/v2/push" + Fill(path)) { Keys = [key] };
            using var request = (body is null ? call : call with { Body = System.Text.Encoding.UTF8.GetBytes(Fill(body)) }).ToRequest(text => text);
            using var response = await Server.Http.SendAsync(request);
            return ((int)response.StatusCode, Golden.NameIds(await response.Content.ReadAsStringAsync()));
        }

        internal async Task ShouldBeUntouchedAsync()
        {
            ann.Subscription.MessageCount.ShouldBe(1);
            (await new Api(Server).GetAsync("/clients/" + ann.Id)).Text("status").ShouldBe("active");
        }

        [GeneratedRegex(@"\{[a-z]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
        private static partial Regex Placeholder();
    }
}
