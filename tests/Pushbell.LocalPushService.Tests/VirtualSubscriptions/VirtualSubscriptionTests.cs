using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Pushbell.LocalPushService.Tests.Sending;

namespace Pushbell.LocalPushService.Tests.VirtualSubscriptions;

/// <summary>Virtual subscriptions over HTTP, and their messages in process.</summary>
public sealed class VirtualSubscriptionTests : LocalPushTest
{
    [Fact]
    public async Task Create_WithoutBody_IsAPushSubscription()
    {
        using var answer = await Http.PostAsync("subscriptions", content: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var created = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((string)created["endpoint"]!).ShouldBe($"{Server.HttpUrl}push/{created["id"]}");
        Base64Url.DecodeFromChars((string)created["keys"]!["p256dh"]!).Length.ShouldBe(65);
        Base64Url.DecodeFromChars((string)created["keys"]!["auth"]!).Length.ShouldBe(16);
        (await PushAsync(created, "hello")).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Create_WithKey_IsRestrictedToIt()
    {
        using var stranger = new ApplicationServer(Clock);

        var created = await CreateAsync($$"""{"application_server_key":"{{stranger.PublicKey}}"}""");

        (await PushAsync(created, "x")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Create_OverHttps_HasAnHttpsEndpoint()
    {
        using var answer = await Http.PostAsync(new Uri(Server.HttpsUrl, "subscriptions"), content: null);

        var created = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((string)created["endpoint"]!).ShouldStartWith($"{Server.HttpsUrl}push/");
        (await PushAsync(created, "x")).ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("""{"application_server_key":"AAAA"}""")]
    [InlineData("""{"key":"AAAA"}""")]
    [InlineData("{")]
    public async Task Create_Unusable_IsABadRequest(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await Http.PostAsync("subscriptions", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public void CreateSubscription_KeyThatIsNone_Throws() =>
        Should.Throw<ArgumentException>(() => Server.CreateSubscription("AAAA"));

    [Fact]
    public async Task Messages_JsonTextEmptyAndBroken_AreShownAsWhatTheyAre()
    {
        var created = await CreateAsync("{}");
        var endpoint = new Uri((string)created["endpoint"]!);
        await PushAsync(created, """{"title":"Hello","n":[1,2]}""");
        await PushAsync(created, "just text ✓");
        (await Http.SendAsync(Sender.Push(endpoint, []))).Dispose();
        (await Http.SendAsync(Sender.Push(endpoint, new byte[120]))).Dispose();

        var messages = (await GetAsync($"subscriptions/{created["id"]}/messages")).AsArray();

        messages.Count.ShouldBe(4);
        messages[0]!["plaintext"]!.ToJsonString().ShouldBe("""{"title":"Hello","n":[1,2]}""");
        ((int)messages[0]!["ttl"]!).ShouldBe(60);
        ((string)messages[0]!["urgency"]!).ShouldBe("normal");
        messages[0]!["topic"].ShouldBeNull();
        messages[0]!["error"].ShouldBeNull();
        ((DateTimeOffset)messages[0]!["received_at"]!).ShouldBe(Clock.GetUtcNow());
        ((string)messages[1]!["plaintext"]!).ShouldBe("just text ✓");
        messages[2]!["plaintext"].ShouldBeNull();
        messages[2]!["error"].ShouldBeNull();
        messages[3]!["plaintext"].ShouldBeNull();
        messages[3]!["error"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Delete_Subscription_IsGoneButItsMessagesStay()
    {
        var created = await CreateAsync("{}");
        await PushAsync(created, "x");

        using var deleted = await Http.DeleteAsync($"subscriptions/{created["id"]}");

        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await PushAsync(created, "y")).ShouldBe(HttpStatusCode.Gone);
        (await GetAsync($"subscriptions/{created["id"]}/messages")).AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("GET", "subscriptions/nobody/messages")]
    [InlineData("DELETE", "subscriptions/nobody")]
    public async Task Request_UnknownSubscription_IsNotFound(string method, string path)
    {
        using var answer = await Http.SendAsync(new HttpRequestMessage(HttpMethod.Parse(method), path));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Bulk_WithGoneRatio_StreamsThatManyUsableAndGoneOnes()
    {
        using var content = new StringContent($$"""{"count":40,"gone_ratio":0.25,"application_server_key":"{{Sender.PublicKey}}"}""");
        using var answer = await Http.PostAsync("subscriptions/bulk", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var created = await ReadLinesAsync(answer);
        created.Select(one => (string)one["endpoint"]!).Distinct().Count().ShouldBe(40);
        created.Select(one => (string)one["keys"]!["p256dh"]!).Distinct().Count().ShouldBe(40);
        var statuses = await Task.WhenAll(created.Select(one => PushAsync(one, "x")));
        statuses.Count(status => status == HttpStatusCode.Gone).ShouldBe(10);
        statuses.Count(status => status == HttpStatusCode.Created).ShouldBe(30);
        statuses.Take(20).Count(status => status == HttpStatusCode.Gone).ShouldBe(5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"count":-1}""")]
    [InlineData("""{"count":1,"gone_ratio":1.5}""")]
    [InlineData("""{"count":1,"application_server_key":"AAAA"}""")]
    public async Task Bulk_Unusable_IsABadRequest(string body)
    {
        using var content = new StringContent(body);
        using var answer = await Http.PostAsync("subscriptions/bulk", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task List_Subscriptions_CountsEveryCopy()
    {
        var twice = Server.CreateSubscription();
        var never = Server.CreateSubscription();
        foreach (var _ in Enumerable.Range(0, 2))
            (await Http.SendAsync(Sender.Push(twice, "same"))).Dispose();

        using var answer = await Http.GetAsync("subscriptions");

        var counts = (await ReadLinesAsync(answer)).ToDictionary(line => (string)line["id"]!, line => (int)line["messages"]!);
        counts.ShouldBe(new Dictionary<string, int> { [twice.Id] = 2, [never.Id] = 0 }, ignoreOrder: true);
    }

    [Fact]
    public async Task NextMessage_NoneInTime_ThrowsAndMissesNothingLater()
    {
        var subscription = Server.CreateSubscription();
        await Should.ThrowAsync<TimeoutException>(() => subscription.NextMessageAsync(TimeSpan.FromMilliseconds(20)));

        var waiting = subscription.NextMessageAsync(Patience);
        (await Http.SendAsync(Sender.Push(subscription, "1"))).Dispose();
        (await Http.SendAsync(Sender.Push(subscription, "2"))).Dispose();

        (await waiting).Text.ShouldBe("1");
        (await subscription.NextMessageAsync(Patience)).Text.ShouldBe("2");
        subscription.Messages.Count.ShouldBe(2);
    }

    private async Task<JsonNode> CreateAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync("subscriptions", content);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private async Task<HttpStatusCode> PushAsync(JsonNode subscription, string plaintext)
    {
        var body = Encryption.Encrypt(
            Encoding.UTF8.GetBytes(plaintext), (string)subscription["keys"]!["p256dh"]!, (string)subscription["keys"]!["auth"]!);
        using var answer = await Http.SendAsync(Sender.Push(new Uri((string)subscription["endpoint"]!), body));
        return answer.StatusCode;
    }

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(path))!;

    private static async Task<List<JsonNode>> ReadLinesAsync(HttpResponseMessage answer) =>
        [.. (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
}
