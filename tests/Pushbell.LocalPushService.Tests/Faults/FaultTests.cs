using System.IO.Compression;
using System.Net;
using Pushbell.LocalPushService.Faults;
using Pushbell.LocalPushService.VirtualSubscriptions;

namespace Pushbell.LocalPushService.Tests.Faults;

/// <summary>What a sender meets on the wire, over both versions of HTTP.</summary>
public sealed class FaultTests : LocalPushTest
{
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Hang_Request_IsNeverAnswered(string version)
    {
        var (subscription, request) = Arrange(Fault.Hang, version);
        using var impatience = new CancellationTokenSource();

        var sending = Http.SendAsync(request, impatience.Token);
        await WaitUntilAsync(() => Server.Counters.Unanswered == 1);
        sending.IsCompleted.ShouldBeFalse();
        await impatience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(sending);
        subscription.MessageCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task HangInBody_Request_GetsItsHeadOnly(string version)
    {
        var (subscription, request) = Arrange(Fault.HangInBody, version);

        using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Content.Headers.ContentLength.ShouldBe(4096);
        var body = await answer.Content.ReadAsStreamAsync();
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Should.ThrowAsync<OperationCanceledException>(async () => await body.ReadExactlyAsync(new byte[1], impatience.Token));
        subscription.MessageCount.ShouldBe(1);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Reset_Request_LosesItsConnection(string version)
    {
        var (subscription, request) = Arrange(Fault.Reset, version);

        await Should.ThrowAsync<HttpRequestException>(() => Http.SendAsync(request));

        subscription.MessageCount.ShouldBe(0);
        await WaitUntilAsync(() => Server.Counters.ConnectionsOpen == 0);
    }

    [Fact]
    public async Task Reset_Http1_IsATcpReset()
    {
        var (_, request) = Arrange(Fault.Reset, "1.1");

        var error = await Should.ThrowAsync<HttpRequestException>(() => Http.SendAsync(request));

        error.InnerException!.InnerException.ShouldBeOfType<System.Net.Sockets.SocketException>()
            .SocketErrorCode.ShouldBe(System.Net.Sockets.SocketError.ConnectionReset);
    }

    [Fact]
    public async Task Reset_Delivering_IsTheAmbiguousAttempt()
    {
        var subscription = Server.CreateSubscription();
        subscription.Script(new ScriptedAnswer { Fault = Fault.Reset, Deliver = true });

        await Should.ThrowAsync<HttpRequestException>(() => Http.SendAsync(Sender.Push(subscription, "x")));
        using var again = await Http.SendAsync(Sender.Push(subscription, "x"));

        subscription.Messages.Select(message => message.Text).ShouldBe(["x", "x"]);
        Server.Counters.Accepted.ShouldBe(2);
        Server.Counters.Unanswered.ShouldBe(1);
    }

    [Fact]
    public async Task Redirect_Request_IsSentToTheSink()
    {
        var (subscription, request) = Arrange(Fault.Redirect, "1.1");
        using var follower = new HttpClient();

        using var answer = await follower.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/sink/redirected");
        Server.Counters.SinkPosts.ShouldBe(1);
        Server.Counters.ByStatus.ShouldBe(new Dictionary<int, long> { [307] = 1 });
        subscription.MessageCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Drip_Body_IsOneByteASecond(string version)
    {
        var (subscription, request) = Arrange(Fault.Drip, version);

        using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        var body = await answer.Content.ReadAsStreamAsync();
        (await body.ReadAsync(new byte[16])).ShouldBe(1);
        var next = body.ReadAsync(new byte[16]).AsTask();
        next.IsCompleted.ShouldBeFalse();
        await WaitUntilAsync(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return next.IsCompleted;
        });
        (await next).ShouldBePositive();
        subscription.MessageCount.ShouldBe(1);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Endless_Body_GoesOn(string version)
    {
        var (subscription, request) = Arrange(Fault.Endless, version);

        using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[4 * 1024 * 1024]);
        subscription.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task Compressed_Body_GrowsAThousandfold()
    {
        var (_, request) = Arrange(Fault.Compressed, "1.1");

        using var answer = await Http.SendAsync(request);

        answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        var compressed = await answer.Content.ReadAsByteArrayAsync();
        compressed.Length.ShouldBeLessThan(128 * 1024);
        await using var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        await gzip.CopyToAsync(plain);
        plain.Length.ShouldBe(16 * 1024 * 1024);
    }

    [Fact]
    public async Task RefusedStream_Http2_InvitesTheClientToSendAgain()
    {
        // RFC 9113 §8.7: a refused request was not processed and can be retried; .NET's handler does so by itself.
        var (subscription, request) = Arrange(Fault.RefusedStream, "2.0");

        using var answer = await Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        Server.Counters.Posts.ShouldBe(2);
        Server.Counters.Unanswered.ShouldBe(1);
        subscription.MessageCount.ShouldBe(1);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task GoAway_Answer_IsTheLastOfItsConnection(string version)
    {
        var (subscription, request) = Arrange(Fault.GoAway, version);

        using var last = await Http.SendAsync(request);
        await WaitUntilAsync(() => Server.Counters.ConnectionsOpen == 0);
        using var next = await Http.SendAsync(Over(version, subscription));

        last.StatusCode.ShouldBe(HttpStatusCode.Created);
        next.StatusCode.ShouldBe(HttpStatusCode.Created);
        Server.Counters.ConnectionsOpened.ShouldBe(2);
    }

    [Theory]
    [InlineData(Fault.Hang)]
    [InlineData(Fault.Drip)]
    [InlineData(Fault.Endless)]
    public async Task Dispose_FaultUnderway_EndsSoon(Fault fault)
    {
        var (_, request) = Arrange(fault, "1.1");
        var sending = Http.SendAsync(request);
        await WaitUntilAsync(() => Server.Counters.Posts == 1);

        await Server.DisposeAsync().AsTask().WaitAsync(Patience);

        await Should.ThrowAsync<HttpRequestException>(sending);
    }

    private (VirtualSubscription Subscription, HttpRequestMessage Request) Arrange(Fault fault, string version)
    {
        var subscription = Server.CreateSubscription();
        subscription.Script(new ScriptedAnswer { Fault = fault });
        return (subscription, Over(version, subscription));
    }

    private HttpRequestMessage Over(string version, VirtualSubscription subscription)
    {
        var path = new Uri(subscription.Endpoint).AbsolutePath;
        var request = Sender.Push(new Uri(version == "2.0" ? Server.HttpsUrl : Server.HttpUrl, path), []);
        request.Version = Version.Parse(version);
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return request;
    }
}
