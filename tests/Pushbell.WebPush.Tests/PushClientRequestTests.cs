using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Pushbell.WebPush.Tests.PushServices;
using Pushbell.WebPush.Tests.Vapid;

namespace Pushbell.WebPush.Tests;

/// <summary>What a push service sees of a message.</summary>
public sealed class PushClientRequestTests(ScriptedPushService service) : IClassFixture<ScriptedPushService>, IDisposable
{
    private readonly Sender sender = new();

    public void Dispose() => sender.Dispose();

    [Fact]
    public async Task Send_Message_IsOnePostThatTheBrowserCanRead()
    {
        PushTopic.TryParse("news", out var topic).ShouldBeTrue();
        var request = await ReceiveAsync(
            "https://push.example.net",
            new PushMessage("hello"u8.ToArray(), TimeSpan.FromSeconds(90.9))
            {
                Urgency = PushUrgency.High,
                Topic = topic,
                PadTo = 100,
            }
        );

        request.Method.ShouldBe("POST");
        request.Headers["TTL"].ShouldBe("90");
        request.Headers["Urgency"].ShouldBe("high");
        request.Headers["Topic"].ShouldBe("news");
        request.Headers["Content-Encoding"].ShouldBe("aes128gcm");
        request.Headers["Content-Type"].ShouldBe("application/octet-stream");
        request.Headers["Content-Length"].ShouldBe(request.Body.Length.ToString());
        var read = sender.Browser.Decrypt(request.Body);
        read.Payload.ShouldBe("hello"u8.ToArray());
        read.Padding.ShouldBe(95);
    }

    [Fact]
    public async Task Send_Message_CarriesNothingThatWasNotAskedFor()
    {
        using var trace = new Activity("the caller's trace").Start();

        var request = await ReceiveAsync("https://push.example.net", Sender.Message);

        request
            .Headers.Keys.Order(StringComparer.OrdinalIgnoreCase)
            .ShouldBe(["Authorization", "Content-Encoding", "Content-Length", "Content-Type", "Host", "TTL", "Urgency"], Case.Insensitive);
    }

    [Fact]
    public async Task Send_PlainHttp_IsNotChunkedAndExpectsNothing()
    {
        var request = await ReceiveAsync(service.PlainOrigin, Sender.Message);

        request.Protocol.ShouldBe("HTTP/1.1");
        request.Headers.Keys.ShouldNotContain("Transfer-Encoding");
        request.Headers.Keys.ShouldNotContain("Expect");
        request.Headers["Content-Length"].ShouldBe(request.Body.Length.ToString());
    }

    [Fact]
    public async Task Send_OverTls_IsHttp2() =>
        (await ReceiveAsync("https://push.example.net", Sender.Message)).Protocol.ShouldBe("HTTP/2");

    [Theory]
    [InlineData("https://push.example.net")]
    [InlineData("https://push.example.net:8443")]
    public async Task Send_AnyPort_SignsTheOriginWithIt(string origin)
    {
        var request = await ReceiveAsync(origin, Sender.Message);

        var token = VapidVerifier.Verify(request.Headers["Authorization"]);
        token.Audience.ShouldBe(origin);
        token.PublicKey.ShouldBe(sender.Identity.Keys.PublicKey);
        request.Host.ShouldBe(new Uri(origin).Authority);
    }

    [Theory]
    [InlineData("push.example.net", -1, "0")]
    [InlineData("push.example.net", 0, "0")]
    [InlineData("push.example.net", 0.9, "0")]
    [InlineData("push.example.net", 86_400, "86400")]
    [InlineData("fcm.googleapis.com", 3_000_000, "2419200")]
    [InlineData("updates.push.services.mozilla.com", 3_000_000, "2592000")]
    [InlineData("web.push.apple.com", double.MaxValue, "2419200")]
    public async Task Send_AnyTtl_IsSentWithinThePushServicesLimit(string host, double seconds, string header)
    {
        var ttl = seconds == double.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);

        var request = await ReceiveAsync($"https://{host}", new PushMessage("x"u8.ToArray(), ttl));

        request.Headers["TTL"].ShouldBe(header);
    }

    [Theory]
    [InlineData(0, "no-cache")]
    [InlineData(0.5, "no-cache")]
    [InlineData(60, "cache")]
    public async Task Send_ToWns_CachePolicyAgreesWithTheTtl(double seconds, string policy)
    {
        var request = await ReceiveAsync(
            "https://wns2-bl2p.notify.windows.com",
            new PushMessage("x"u8.ToArray(), TimeSpan.FromSeconds(seconds))
        );

        request.Headers["X-WNS-Cache-Policy"].ShouldBe(policy);
        request.Headers["X-WNS-Type"].ShouldBe("wns/raw");
    }

    [Fact]
    public async Task Send_ToApple_TopicIsBase64()
    {
        PushTopic.TryParse("abcde", out var topic).ShouldBeTrue();

        var request = await ReceiveAsync("https://web.push.apple.com", Sender.Message with { Topic = topic });

        request.Headers["Topic"].ShouldBe(PushTopic.FromTag("abcde").Value);
    }

    [Fact]
    public async Task Send_EmptyPayload_ArrivesEmpty() =>
        sender
            .Browser.Decrypt((await ReceiveAsync("https://push.example.net", new PushMessage(default, TimeSpan.Zero))).Body)
            .Payload.ShouldBeEmpty();

    [Fact]
    public async Task Send_PayloadTooLong_ThrowsAndSendsNothing()
    {
        var script = service.On(Created);
        var message = new PushMessage(new byte[PushMessage.MaxPayloadLength + 1], TimeSpan.Zero);

        var thrown = await Should.ThrowAsync<ArgumentException>(() =>
            sender.SendAsync(service.Options(), "https://push.example.net" + script.Path, message)
        );

        thrown.Message.ShouldContain("1 bytes over");
        script.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_CookiesAndManyMessages_SignsOnceAndReturnsNoCookie()
    {
        var script = service.On(context =>
        {
            context.Response.Headers.SetCookie = "track=1; Path=/";
            return Created(context);
        });
        using var client = new PushClient(service.Options(), sender.Clock);
        var subscription = sender.Browser.Subscribe("https://push.example.net" + script.Path);
        for (var message = 0; message < 3; message++)
        {
            await client.SendAsync(subscription, Sender.Message, sender.Identity, TestContext.Current.CancellationToken);
        }

        script.Requests.Count.ShouldBe(3);
        script.Requests.ShouldAllBe(request => !request.Headers.ContainsKey("Cookie"));
        script.Requests.Select(request => request.Headers["Authorization"]).Distinct().ShouldHaveSingleItem();
        script.Requests.Select(request => Convert.ToHexString(request.Body)).Distinct().Count().ShouldBe(3);
    }

    private static Task Created(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status201Created;
        return Task.CompletedTask;
    }

    private async Task<ReceivedRequest> ReceiveAsync(string origin, PushMessage message)
    {
        var script = service.On(Created);
        var outcome = await sender.SendAsync(service.Options(), origin + script.Path, message);
        outcome.Result.ShouldBe(DeliveryResult.Accepted, outcome.Reason);
        return script.Requests.ShouldHaveSingleItem();
    }
}
