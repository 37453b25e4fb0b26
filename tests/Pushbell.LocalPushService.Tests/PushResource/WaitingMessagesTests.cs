using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using Pushbell.LocalPushService.Tests.Autopush;

namespace Pushbell.LocalPushService.Tests.PushResource;

/// <summary>What becomes of messages while a browser is away: topics, lifetimes, withdrawal.</summary>
public sealed class WaitingMessagesTests : LocalPushTest
{
    [Fact]
    public async Task Post_SameTopicWhileWaiting_ReplacesTheOlder()
    {
        var (uaid, endpoint, other) = await LeaveAsync();
        await PushAsync(endpoint, 1, topic: "score");
        await PushAsync(endpoint, 2, topic: "weather");
        await PushAsync(other, 3, topic: "score");
        await PushAsync(endpoint, 4);
        await PushAsync(endpoint, 5, topic: "score");

        (await ReturnAsync(uaid, endpoint)).ShouldBe([2, 3, 4, 5]);
    }

    [Fact]
    public async Task Post_SameTopicAfterDelivery_DeliversBoth()
    {
        using var browser = await FirefoxSide.ConnectAsync(Server);
        var endpoint = await browser.SubscribeAsync("c");
        await PushAsync(endpoint, 1, topic: "score");
        Data(await browser.ReceiveAsync()).ShouldBe((byte)1);

        await PushAsync(endpoint, 2, topic: "score");

        Data(await browser.ReceiveAsync()).ShouldBe((byte)2);
    }

    [Fact]
    public async Task Post_NewerTopicWhileUnacknowledged_IsNotFollowedByTheOlder()
    {
        using var before = await FirefoxSide.ConnectAsync(Server);
        var endpoint = await before.SubscribeAsync("c");
        await PushAsync(endpoint, 1, topic: "score");
        await before.ReceiveAsync();
        before.Dispose();
        await WaitUntilAwayAsync();
        await PushAsync(endpoint, 2, topic: "score");

        (await ReturnAsync(before.Uaid, endpoint)).ShouldBe([2]);
    }

    [Fact]
    public async Task Clock_PassesTheTtl_DropsWhatWaits()
    {
        var (uaid, endpoint, _) = await LeaveAsync();
        await PushAsync(endpoint, 1, ttl: 60);
        await PushAsync(endpoint, 2, ttl: 61);

        Clock.Advance(TimeSpan.FromSeconds(60));

        (await ReturnAsync(uaid, endpoint)).ShouldBe([2]);
    }

    [Fact]
    public async Task Post_TtlZero_IsForBrowsersThatAreThere()
    {
        using var browser = await FirefoxSide.ConnectAsync(Server);
        var endpoint = await browser.SubscribeAsync("c");
        await PushAsync(endpoint, 1, ttl: 0);
        Data(await browser.ReceiveAsync()).ShouldBe((byte)1);
        await browser.CloseAsync();
        await WaitUntilAwayAsync();
        await PushAsync(endpoint, 2, ttl: 0);
        await PushAsync(endpoint, 3, ttl: 5);

        (await ReturnAsync(browser.Uaid, endpoint)).ShouldBe([3]);
    }

    [Fact]
    public async Task Delete_WaitingMessage_WithdrawsItOnce()
    {
        var (uaid, endpoint, _) = await LeaveAsync();
        var location = await PushAsync(endpoint, 1);
        await PushAsync(endpoint, 2);

        (await DeleteAsync(location)).ShouldBe(HttpStatusCode.NoContent);
        (await DeleteAsync(location)).ShouldBe(HttpStatusCode.NotFound);
        (await ReturnAsync(uaid, endpoint)).ShouldBe([2]);
    }

    [Fact]
    public async Task Delete_ExpiredMessage_IsNotFound()
    {
        var (_, endpoint, _) = await LeaveAsync();
        var location = await PushAsync(endpoint, 1, ttl: 10);
        Clock.Advance(TimeSpan.FromSeconds(10));

        (await DeleteAsync(location)).ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<(string Uaid, Uri Endpoint, Uri Other)> LeaveAsync()
    {
        using var browser = await FirefoxSide.ConnectAsync(Server);
        var endpoint = await browser.SubscribeAsync("c");
        var other = await browser.SubscribeAsync("d");
        await browser.CloseAsync();
        await WaitUntilAwayAsync();
        return (browser.Uaid, endpoint, other);
    }

    /// <summary>The service learns of the end later than the browser: then only the connection of the requests is left.</summary>
    private async Task WaitUntilAwayAsync()
    {
        (await Http.GetAsync("counters")).Dispose();
        await WaitUntilAsync(() => Server.Counters.ConnectionsOpen == 1);
    }

    /// <summary>First bytes of what waits for a browser that comes back.</summary>
    private async Task<List<byte>> ReturnAsync(string uaid, Uri endpoint)
    {
        const byte last = 99;
        await PushAsync(endpoint, last);
        using var browser = await FirefoxSide.ConnectAsync(Server, uaid);

        var received = new List<byte>();
        while (Data(await browser.ReceiveAsync()) is not last and var data)
            received.Add(data);
        return received;
    }

    private static byte Data(JsonObject notification) => Base64Url.DecodeFromChars((string)notification["data"]!)[0];

    private async Task<Uri> PushAsync(Uri endpoint, byte content, string? topic = null, int ttl = 60)
    {
        using var request = Sender.Push(endpoint, [content]);
        request.Headers.Remove("TTL");
        request.Headers.Add("TTL", $"{ttl}");
        if (topic is not null)
            request.Headers.Add("Topic", topic);

        using var answer = await Http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return answer.Headers.Location!;
    }

    private async Task<HttpStatusCode> DeleteAsync(Uri message)
    {
        using var answer = await Http.DeleteAsync(message);
        return answer.StatusCode;
    }
}
