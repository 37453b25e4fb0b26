using System.Net;
using System.Text.Json.Nodes;

namespace Pushbell.LocalPushService.Tests.PushResource;

public sealed class PushResourceTests : LocalPushTest
{
    private static readonly byte[] LargestBody = new byte[4096];

    [Fact]
    public async Task Post_ValidMessage_IsCreatedAndReadable()
    {
        var subscription = Server.CreateSubscription(Sender.PublicKey);
        using var request = Sender.Push(subscription, """{"title":"héllo ✓"}""");
        request.Headers.Add("Urgency", "high");
        request.Headers.Add("Topic", "news-1_A");

        using var answer = await Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var message = await subscription.NextMessageAsync(Patience);
        answer.Headers.Location.ShouldBe(new Uri(Server.HttpUrl, $"messages/{subscription.Id}/{message.Id}"));
        answer.Headers.GetValues("TTL").ShouldBe(["60"]);
        message.Text.ShouldBe("""{"title":"héllo ✓"}""");
        message.Ttl.ShouldBe(60);
        message.Urgency.ShouldBe("high");
        message.Topic.ShouldBe("news-1_A");
        message.ReceivedAt.ShouldBe(Clock.GetUtcNow());
        message.Headers["content-encoding"].ShouldBe("aes128gcm");
    }

    [Fact]
    public async Task Post_NoContent_NeedsNoEncodingAndIsEmpty()
    {
        var subscription = Server.CreateSubscription();
        using var request = Sender.Push(new Uri(subscription.Endpoint), []);

        using var answer = await Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var message = await subscription.NextMessageAsync(Patience);
        message.Plaintext.ShouldBeEmpty();
        message.Urgency.ShouldBe("normal");
        message.Topic.ShouldBeNull();
    }

    [Theory]
    [InlineData("TTL", null, 400, 111)]
    [InlineData("TTL", "", 400, 112)]
    [InlineData("TTL", "-1", 400, 112)]
    [InlineData("TTL", "1.5", 400, 112)]
    [InlineData("TTL", "soon", 400, 112)]
    [InlineData("Urgency", "urgent", 400, 0)]
    [InlineData("Urgency", "High", 400, 0)]
    [InlineData("Topic", "", 400, 113)]
    [InlineData("Topic", "two words", 400, 113)]
    [InlineData("Topic", "a+b", 400, 113)]
    [InlineData("Topic", "123456789012345678901234567890123", 400, 113)]
    public async Task Post_BadHeader_IsRefusedAndNotDelivered(string name, string? value, int status, int errno)
    {
        var subscription = Server.CreateSubscription();
        using var request = Sender.Push(subscription, "never seen");
        request.Headers.Remove(name);
        if (value is not null)
            request.Headers.TryAddWithoutValidation(name, value);

        using var answer = await Http.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(status);
        var reason = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((int)reason["code"]!).ShouldBe(status);
        ((int)reason["errno"]!).ShouldBe(errno);
        ((string)reason["message"]!).ShouldContain(name);
        subscription.MessageCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("very-low", "0", 0)]
    [InlineData("low", "2592000", 2_592_000)]
    [InlineData("normal", "2592001", 2_592_000)]
    [InlineData("high", "99999999999999999999", 2_592_000)]
    public async Task Post_AnyTtl_IsReducedToThirtyDays(string urgency, string ttl, int used)
    {
        var subscription = Server.CreateSubscription();
        using var request = Sender.Push(subscription, "x");
        request.Headers.Remove("TTL");
        request.Headers.Add("TTL", ttl);
        request.Headers.Add("Urgency", urgency);
        request.Headers.Add("Topic", new string('t', 32));

        using var answer = await Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.GetValues("TTL").ShouldBe([$"{used}"]);
        (await subscription.NextMessageAsync(Patience)).Ttl.ShouldBe(used);
    }

    [Theory]
    [InlineData(false, false, HttpStatusCode.Created)]
    [InlineData(true, false, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(false, true, HttpStatusCode.Created)]
    [InlineData(true, true, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Post_BodyAroundTheLimit_IsTakenUpTo4096Bytes(bool oneMore, bool chunked, HttpStatusCode expected)
    {
        var subscription = Server.CreateSubscription();
        using var request = Sender.Push(new Uri(subscription.Endpoint), oneMore ? [.. LargestBody, 0] : LargestBody);
        request.Headers.TransferEncodingChunked = chunked;

        using var answer = await Http.SendAsync(request);

        answer.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("aesgcm")]
    [InlineData("gzip")]
    [InlineData(null)]
    public async Task Post_OtherEncoding_IsRefused(string? encoding)
    {
        using var request = Sender.Push(Server.CreateSubscription(), "x");
        request.Content!.Headers.ContentEncoding.Clear();
        if (encoding is not null)
            request.Content.Headers.ContentEncoding.Add(encoding);

        using var answer = await Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Post_UnknownOrRemovedSubscription_Is404Or410()
    {
        var subscription = Server.CreateSubscription();
        using var unknown = await Http.SendAsync(Sender.Push(new Uri(Server.HttpUrl, "push/nobody"), []));
        subscription.Remove();
        using var removed = await Http.SendAsync(Sender.Push(subscription, "x"));

        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        removed.StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Post_ManyAtOnce_KeepsEveryCopy()
    {
        var subscription = Server.CreateSubscription();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async index =>
        {
            using var request = Sender.Push(subscription, $"{index % 100}");
            using var answer = await Http.SendAsync(request);
            return answer.StatusCode;
        }));

        answers.ShouldAllBe(status => status == HttpStatusCode.Created);
        subscription.Messages.GroupBy(message => message.Text).Select(copies => copies.Count()).ShouldBe(Enumerable.Repeat(2, 100));
    }

    [Fact]
    public async Task Post_Http2OverTls_IsSpoken()
    {
        var subscription = Server.CreateSubscription();
        var endpoint = new Uri(Server.HttpsUrl, new Uri(subscription.Endpoint).AbsolutePath);
        using var request = Sender.Push(endpoint, []);
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;

        using var answer = await Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Version.ShouldBe(HttpVersion.Version20);
        answer.Headers.Location!.GetLeftPart(UriPartial.Authority).ShouldBe(Server.HttpsUrl.GetLeftPart(UriPartial.Authority));
    }

    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/", 201)]
    [InlineData("https://fcm.googleapis.com/wp/", 201)]
    [InlineData("https://jmt17.google.com/fcm/send/", 201)]
    [InlineData("https://updates.push.services.mozilla.com/fcm/send/", 404)]
    [InlineData("https://updates.push.services.mozilla.com/push/", 201)]
    public async Task Post_EndpointsOfRealServices_AreServedByName(string prefix, int status)
    {
        using var request = Sender.Push(new Uri(prefix + Server.CreateSubscription().Id), []);

        using var answer = await Http.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Delete_DeliveredMessage_Is404()
    {
        using var posted = await Http.SendAsync(Sender.Push(Server.CreateSubscription(), "x"));

        using var withdrawn = await Http.DeleteAsync(posted.Headers.Location);

        withdrawn.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
